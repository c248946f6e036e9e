"""`zaiseki permissions`: the table of permissions, as the code applies it; docs/permissions.md.

`make docs` writes that file, and a test compares them.
"""

from collections.abc import Iterable, Iterator

import typer

from cli import tables
from cli.vendor import AsJson

PAGE = """\
# Who may do what

Made by `make docs` from `services/membership/domain/permissions.py`; `zaiseki permissions` prints
it too. The same tables decide whether an action is allowed, under the company's lock, and tell the
pages which actions are available (`may`, `may_not`).

代表者 is `owner`, 責任者・管理者 `admin`, 一般 `staff`, 弊社担当者 `operator`. Only the holder of
an active account may act.
"""

STANDING = """\
An invitation, or the move of an account, is valid while its sender is active and would still be
allowed to send it. This is checked when it is viewed, accepted, approved and sent again; it is
withdrawn when its sender's role changes or its sender is suspended or deleted, so that it is no
longer allowed. Invitations and moves by the vendor are always valid.\
"""

PARTIES = ("staff", "admin", "owner", "operator")
ROLES = ("staff", "admin", "owner")


def show(*, as_json: AsJson = False) -> None:
    """Print the tables as Markdown."""
    if as_json:
        tables.show_json(_facts())
    else:
        typer.echo(page(), nl=False)


def _facts() -> dict[str, object]:
    from services.membership.domain.permissions import COMPANY_RULES, INVITED_ROLES, MEMBER_RULES

    return {
        "on_an_account": [
            {
                "act": act,
                "on": {party: sorted(roles, key=ROLES.index) for party, roles in rule.on.items()},
                "states": sorted(rule.states),
                "oneself": rule.oneself,
                "keeps_owner": rule.keeps_owner,
                "rules": list(rule.rules),
            }
            for act, rule in MEMBER_RULES.items()
        ],
        "on_the_company": [
            {"act": act, "by": sorted(rule.by, key=PARTIES.index), "rules": list(rule.rules)}
            for act, rule in COMPANY_RULES.items()
        ],
        "invited_as": {
            party: sorted(roles, key=ROLES.index) for party, roles in INVITED_ROLES.items()
        },
    }


def page() -> str:
    """The whole page."""
    from services.membership.domain import permissions

    return "\n".join(
        (
            PAGE,
            "## On an account\n",
            *_table(
                ("action", *PARTIES, "in state", "on oneself", "keeps an owner", "rules"),
                _member_rows(),
            ),
            "",
            "Each cell lists the roles that the action may be applied to. `keeps an owner`: members"
            " may not do it if the company would be left without an active owner (R12).",
            "",
            "## On the company\n",
            *_table(("action", *PARTIES, "rules"), _company_rows()),
            "",
            "## Roles in an invitation\n",
            *_table(
                ("inviter", "invited as"),
                (
                    (party, ", ".join(sorted(roles, key=ROLES.index)))
                    for party, roles in permissions.INVITED_ROLES.items()
                ),
            ),
            "",
            STANDING,
            "",
        )
    )


def _member_rows() -> Iterator[tuple[str, ...]]:
    from services.membership.domain.permissions import MEMBER_RULES

    for act, rule in MEMBER_RULES.items():
        on = {party: sorted(roles, key=ROLES.index) for party, roles in rule.on.items()}
        yield (
            f"`{act}`",
            *(", ".join(on.get(party, ())) for party in PARTIES),  # type: ignore[call-overload]
            ", ".join(sorted(rule.states)),
            "yes" if rule.oneself else "",
            "yes" if rule.keeps_owner else "",
            ", ".join(rule.rules),
        )


def _company_rows() -> Iterator[tuple[str, ...]]:
    from services.membership.domain.permissions import COMPANY_RULES

    for act, rule in COMPANY_RULES.items():
        marks = ("yes" if party in rule.by else "" for party in PARTIES)
        yield (f"`{act}`", *marks, ", ".join(rule.rules))


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    columns = tuple(head)
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
