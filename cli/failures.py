"""What a command says when the database, Redis or a file fails it: one sentence, no traceback."""


def sentence(error: Exception) -> str | None:
    """Why it did not go on; None for a fault of ours, which needs its traceback."""
    from asyncpg import PostgresError
    from redis.exceptions import RedisError

    from shared.temporary import is_temporary

    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}."
    if not is_temporary(error):
        return None
    first = str(error).partition("\n")[0] or type(error).__name__
    if isinstance(error, RedisError):
        return f"Redis does not answer: {first}."
    if isinstance(error, PostgresError):
        return f"The database refuses this: {first}."
    return f"The database does not answer: {first}."
