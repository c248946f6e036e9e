"""Errors in a file that a company sends, each with a sentence that says what to do (B16)."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from pydantic import Field

from services.membership.domain.table_file.table_file import Fault, FaultyFile
from services.membership.errors import InvitationFileFaulty
from shared.contracts.base import Locale
from shared.errors import FieldError
from shared.web.routing import Answer

WORDS: Mapping[str, Mapping[Locale, str]] = json.loads(
    Path(__file__).with_name("file_faults.json").read_text(encoding="utf-8")
)
"""The sentence for each code of an error in a file."""


class FaultAnswer(Answer):
    """An error in a cell, or in a row (then `cell` is its number), as Excel counts them. `header`
    is the column's in the file, `text` what the cell has, and `detail` says what to do."""

    row: Annotated[int, Field(examples=[3])]
    cell: Annotated[str, Field(examples=["C3"])]
    header: Annotated[str, Field(examples=["メールアドレス"])]
    code: Annotated[str, Field(examples=["invalid_address"])]
    text: Annotated[str, Field(examples=["taro@"])]
    detail: Annotated[
        str,
        Field(examples=["メールアドレスの形式が正しくありません。例：taro@example.co.jp"]),
    ]


def fault_answer(fault: Fault, locale: Locale) -> FaultAnswer:
    """An error in the caller's language."""
    return FaultAnswer(
        row=fault.cell.row,
        cell=str(fault.cell),
        header=fault.cell.header,
        code=fault.code,
        text=fault.detail,
        detail=sentence(fault, locale),
    )


@contextmanager
def refused_in(locale: Locale) -> Iterator[None]:
    """Refuse a faulty file with a sentence for each error."""
    try:
        yield
    except FaultyFile as error:
        faults = [
            FieldError(str(one.cell), one.code, one.limit, sentence(one, locale))
            for one in error.faults
        ]
        raise InvitationFileFaulty(errors=faults) from None


def sentence(fault: Fault, locale: Locale) -> str:
    """What to do about an error."""
    return WORDS[fault.code][locale].format(
        header=fault.cell.header, text=fault.detail, limit=fault.limit
    )
