"""The sentence that a command prints instead of a traceback if a database, Redis or file fails."""

from cli.sentences import sentence


def explanation(error: Exception) -> str | None:
    """The reason for a failure; None for a bug, which needs its traceback."""
    from asyncpg import PostgresError
    from redis.exceptions import RedisError

    from shared.temporary import is_temporary

    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}."
    if not is_temporary(error):
        return None
    first = str(error).partition("\n")[0] or type(error).__name__
    if isinstance(error, RedisError):
        return sentence("redis_silent", error=first)
    if isinstance(error, PostgresError):
        return sentence("database_refuses", error=first)
    return sentence("database_silent", error=first)
