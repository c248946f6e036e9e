"""Shapes that several answers share, each text with an example for the document."""

from typing import Annotated

from pydantic import Field

from services.membership.domain.members.members import Person
from shared.web.routing import Answer

EmailText = Annotated[str, Field(examples=["taro.yamada@yamato-shoji.example"])]
PhoneDigits = Annotated[str, Field(examples=["09000000001"])]
Number = Annotated[int, Field(examples=[3])]
NoteText = Annotated[str, Field(examples=["総務部にご連絡ください。"])]
CompanyName = Annotated[str, Field(examples=["株式会社ヤマト商事"])]
CursorText = Annotated[
    str, Field(examples=["WyIiLCAiMDE5YWJlZWUtZjg1Zi03MDAxLThhYjUtMTQ3NmE5NzgyYTYyIl0"])
]
ActionText = Annotated[str, Field(examples=["suspended"])]
ReasonText = Annotated[str, Field(examples=["on_leave"], description="A code; often empty")]
NetworkText = Annotated[str, Field(examples=["192.0.2.0/24"])]
BrowserText = Annotated[str, Field(examples=["Chrome (Windows)"])]
RequestText = Annotated[str, Field(examples=["019abeee-f85f-7001-8ab5-1476a9782a62"])]
PersonName = Annotated[str, Field(examples=["山田 太郎"])]
SubjectName = Annotated[
    str,
    Field(examples=["山田 太郎"], description="A member's name, or an invitation's address"),
]


class NamedAnswer(Answer):
    """A person's names, as typed, and the reading in katakana."""

    family_name: Annotated[str, Field(examples=["山田"])]
    given_name: Annotated[str, Field(examples=["太郎"])]
    family_name_kana: Annotated[str, Field(examples=["ヤマダ"])]
    given_name_kana: Annotated[str, Field(examples=["タロウ"])]


class PersonAnswer(NamedAnswer):
    """A person's names, department and job title (部署・役職); the latter may be empty (B15)."""

    department: Annotated[str, Field(examples=["営業部"])]
    job_title: Annotated[str, Field(examples=["課長"])]


def details(person: Person) -> dict[str, str]:
    """The fields of a `PersonAnswer`."""
    return names(person) | {"department": person.department, "job_title": person.job_title}


def names(person: Person) -> dict[str, str]:
    """The fields of a `NamedAnswer`."""
    return {
        "family_name": person.family_name,
        "given_name": person.given_name,
        "family_name_kana": person.family_name_kana,
        "given_name_kana": person.given_name_kana,
    }
