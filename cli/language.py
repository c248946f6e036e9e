"""The language in which a command speaks: that of the terminal."""

import locale
import os


def say(japanese: str, english: str) -> str:
    """In the language of the terminal: Japanese where the locale is Japanese, else English."""
    language = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)),
        locale.getlocale()[0] or "",
    )
    return japanese if language.lower().startswith("ja") else english
