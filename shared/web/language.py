"""The language that a client asks for."""

from shared.contracts.base import Locale


def preferred(accept_language: str) -> Locale:
    """The preferred one of `ja` and `en` (RFC 9110, section 12.5.4), by default `ja` (R22)."""
    best: Locale = "ja"
    best_weight = 0.0
    for choice in accept_language.split(","):
        name, _, parameter = choice.partition(";")
        language = name.strip().partition("-")[0].lower()
        weight = _weight(parameter)
        if weight > best_weight and language in ("ja", "en"):
            best, best_weight = ("en" if language == "en" else "ja"), weight
    return best


def _weight(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
