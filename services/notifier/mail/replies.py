"""The meaning of a server's reply for a mail: by the class of its code, never by its text alone.

RFC 5321, section 4.2: the first digit decides, also for unknown codes. For 5xx the enhanced code
(RFC 3463, RFC 5248) gives the cause; the text only if there is no such code, or an ambiguous one. A
mail is given up only if its mailbox does not exist: an unnecessary attempt costs little, but a
person who does not get the mail cannot sign in.
"""

import re
from typing import Literal

from services.notifier.domain import OutcomeKind

Phase = Literal["sender", "recipient", "contents"]
"""The command of the reply: MAIL, RCPT, or DATA and the contents after it."""

_MOST = 2000
"""Characters of a reply that are evaluated."""

_LEADING = re.compile(r"^([245]\.\d{1,3}\.\d{1,3})(?![\d.])", re.MULTILINE)
_ANYWHERE = re.compile(r"(?<![\d.])(5\.\d{1,3}\.\d{1,3})(?![\d.])")
"""qmail writes the enhanced code at the end: `sorry, no mailbox here by that name. (#5.1.1)`."""

_NEAR = r"\b(?:[^.;]|\.\w){0,60}"
"""Within one sentence; a dot inside of a name does not end it."""

_ADDRESS = re.compile(r"\S*@\S*|[<>()\[\]\"]")

_BOX = r"(user|mail ?box|recipient|account|address|alias|e-?mail|domain)"
_ABSENT = r"(unknown|not (found|known)|invalid|disabled|inactive|deactivated|suspended|deleted)"

_FULL = re.compile(
    r"quota|full mail ?box|(mail ?box|maildir|mail ?folder|inbox)[^.;]{0,40}(full|exceed)"
    r"|out of storage|exceeded storage|too much mail data|not enough (storage )?space"
)
_TOO_BIG = re.compile(r"message[^.;]{0,20}(size|too (big|large))|size[^.;]{0,20}(limit|exceed)")
_PASSES = re.compile(
    r"\blater\b|temporar|too (many|quickly|fast|frequent)|at a rate|rate limit|gr[ae]ylist|overload"
    r"|\bloop|\bhops"
)
_POLICY = re.compile(
    r"policy|policies|spam|block|black ?list|deny ?list|dnsbl|\brbl\b|reputation|\bspf\b|\bdkim\b"
    r"|dmarc|authentic|authori[sz]|\brelay(?! recipient)|sender|mail from|rcpthosts|prohibit|denied"
    r"|virus|malware|phish|abuse|suspicious|unsolicited|reverse dns|\bhelo\b|client host|\bip\b"
    r"|your (domain|host|server|network|e-?mail address|address|account)|not (allowed|permitted) to"
    r"|\bheader|\blisted\b"
)
_GONE = re.compile(
    rf"(unknown|invalid|no such|non-?existent) (or illegal |local |virtual )?({_BOX}|part)"
    r"|\bno (mail ?box|account)|account (is |has been |was )?(closed|terminated|removed)"
    rf"|{_BOX}{_NEAR}\b{_ABSENT}|mailbox (is )?unavailable|mailbox name not allowed"
    rf"|{_BOX}{_NEAR}(does not|doesn't|no longer|not) (exist|have|valid|available|active)"
    r"|unrouteable address|user not local|not our customer|recipientnotfound|null mx|host unknown"
)
_SAYS_SO = re.compile(r"does not exist|doesn't (exist|have)|no longer|no such user|no mailbox")

_OURS = {500, 501, 502, 503, 504, 530, 534, 535, 538, 554, 555}
"""Our syntax or authentication is wrong, or the transaction failed without a given reason."""

_BY_CODE: dict[int, OutcomeKind] = {551: "gone", 552: "full", 556: "gone"}
_BY_CODE |= dict.fromkeys(_OURS, "ours")


def judge(code: int, text: str, phase: Phase) -> OutcomeKind:
    """The meaning of a reply: accepted, gone, full, later or ours.

    `text` is all of its lines, with enhanced codes, without the reply codes before them.
    """
    text = text[:_MOST]
    said = " ".join(_ADDRESS.sub(" ", text.lower().replace("’", "'")).split())
    enhanced = _enhanced(code, text)
    if 200 <= code <= 299:
        return "accepted"
    if not 500 <= code <= 599 or enhanced.startswith("4."):
        return "full" if enhanced.endswith(".2.2") or _FULL.search(said) else "later"
    if phase == "sender":
        return "later" if _PASSES.search(said) else "ours"
    return _by_enhanced(enhanced, said) or _by_text(said, phase) or _by_code(code, enhanced, phase)


def _enhanced(code: int, text: str) -> str:
    """The enhanced status code, or an empty text."""
    found = _LEADING.search(text)
    if found is None and 500 <= code <= 599:
        found = _ANYWHERE.search(text)
    return found[1] if found else ""


def _by_enhanced(enhanced: str, said: str) -> OutcomeKind | None:
    match enhanced.split("."):
        case [_, "7" | "6", _] | [_, "3", "4"] | [_, "2", "3"] | [_, "1", "7" | "8" | "9"]:
            return "ours"
        case [_, "2", "2"]:
            return "full"
        case [_, "1", "1" | "2" | "3" | "6" | "10"]:
            return _about_the_mailbox(said)
        case [_, "2", "1"]:  # disabled; or, at Google, a mailbox that gets too many mails at once
            return "later" if _PASSES.search(said) else _about_the_mailbox(said)
        case [_, "4", "1"] if re.search(r"recipient address(es)? rejected", said):
            return "gone"  # Exchange Online, of an address that its directory does not have
        case [_, "1", "0"] if "address rejected" in said:  # Cisco
            return _about_the_mailbox(said)
        case _:
            return None


def _about_the_mailbox(said: str) -> OutcomeKind:
    """The meaning of a code about the mailbox. Some servers send such a code for every problem, and
    only the text has the real reason."""
    if _FULL.search(said):
        return "full"
    return "ours" if _POLICY.search(said) and not _GONE.search(said) else "gone"


def _by_text(said: str, phase: Phase) -> OutcomeKind | None:
    kinds: tuple[tuple[re.Pattern[str], OutcomeKind], ...] = (
        (_FULL, "full"),
        (_TOO_BIG, "ours"),
        (_PASSES, "later"),
        (_POLICY, "ours"),
        # After the contents docomo and au answer "unknown user" if the person's filter rejects us.
        (_GONE if phase == "recipient" else _SAYS_SO, "gone"),
    )
    return next((kind for pattern, kind in kinds if pattern.search(said)), None)


def _by_code(code: int, enhanced: str, phase: Phase) -> OutcomeKind:
    if enhanced.startswith("5.5."):
        return "ours"
    if enhanced:
        return "later"
    return _BY_CODE.get(code, "ours" if phase == "contents" else "later")
