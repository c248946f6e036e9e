"""The import of the customer master (R1): which rows it changes, and that it is atomic."""

import asyncio
import time
from pathlib import Path

import pytest

from services.membership.domain.table_file.table_file import FaultyFile
from services.membership.flows.company import customer_import
from services.membership.flows.company.customer_import import Summary
from shared.db import Database
from tests.membership.conftest import HEADERS, MINATO, YAMATO, Membership, applicant

SAMPLE = Path(__file__).resolve().parents[4] / "examples" / "customers.csv"
JAPANESE = "お客様コード,会社名,フリガナ,区分,電話番号,メールドメイン,アカウント上限\r\n"


async def _import(db: Database, data: bytes, *, dry_run: bool = False) -> Summary:
    return await customer_import.carry_out(db, customer_import.check(data), dry_run=dry_run)


async def _master(db: Database) -> list[tuple[object, ...]]:
    async with db.connection() as connection:
        rows = await connection.fetch(
            """
            select code, name, name_kana, kind, phone, seat_limit, array(
                select domain from customer_domains where customer_id = id order by domain
            ) from customers order by code
            """
        )
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
async def test_a_file_that_excel_saved_in_japan_is_imported(
    membership_db: Database, encoding: str
) -> None:
    """R1: CP932 has ①, ㈱, 髙 and 﨑; Shift_JIS and ISO-2022-JP do not."""
    rows = (
        "K-1,①㈱髙﨑,ﾀｶｻｷ,法人,０３－０００１－０００２,a.example;日本.example,\r\n"
        'K-2,"学校法人\r\n青葉学園",あおば,学校などの団体,+81 22 000 2001,,20\r\n'
        ",,,,,,\r\n"
        "K-3,やまもと造園,,個人事業主,090(0000)3001\r\n"
    )
    summary = await _import(membership_db, (JAPANESE + rows).encode(encoding))
    assert summary == Summary(new=3)
    assert await _master(membership_db) == [
        (
            "K-1",
            "①㈱髙﨑",
            "タカサキ",
            "corporation",
            "0300010002",
            10,
            ["a.example", "xn--wgv71a.example"],
        ),
        ("K-2", "学校法人 青葉学園", "アオバ", "institution", "0220002001", 20, []),
        ("K-3", "やまもと造園", "", "sole_proprietor", "09000003001", 10, []),
    ]


async def test_a_second_import_of_the_sample_changes_no_row(
    membership_db: Database,
) -> None:
    data = SAMPLE.read_bytes()
    assert await _import(membership_db, data) == Summary(new=10)
    assert await _import(membership_db, data) == Summary(unchanged=10)
    kinds = {row[3] for row in await _master(membership_db)}
    assert kinds == {"corporation", "institution", "sole_proprietor"}


async def test_a_dry_run_writes_no_row(membership_db: Database) -> None:
    data = f"{HEADERS}\n{YAMATO}".encode()
    assert await _import(membership_db, data, dry_run=True) == Summary(new=1)
    assert await _master(membership_db) == []


async def test_a_dry_run_tells_the_changes_of_each_row(membership_db: Database) -> None:
    await _import(membership_db, f"{HEADERS}\n{YAMATO}\n{MINATO}".encode())
    file = f"{HEADERS}\n{MINATO}\nN-1,新,法人,0300001009,,,\n{YAMATO.replace('商事', '物産')}"
    summary = await _import(membership_db, file.encode(), dry_run=True)
    told = [(str(one.row.cell), one.kind, dict(one.columns)) for one in summary.changes]
    assert told == [
        ("A2", "unchanged", {}),
        ("A3", "new", {}),
        ("A4", "changed", {"name": ("株式会社ヤマト商事", "株式会社ヤマト物産")}),
    ]


@pytest.mark.parametrize("code", ["71235", "071235", "00071235", "７１２３５"])
@pytest.mark.parametrize("dry_run", [True, False])
async def test_a_code_that_lost_its_leading_zeros_is_a_fault(
    membership_db: Database, code: str, dry_run: bool
) -> None:
    """Excel turns 0071235 into 71235, which would become a second customer."""
    await _import(membership_db, f"{HEADERS}\n0071235,甲,法人,0300001001,,,".encode())
    file = f"{HEADERS}\nK-1,乙,法人,0300001002,,,\n{code},甲,法人,0300001001,,,"
    with pytest.raises(FaultyFile) as refused:
        await _import(membership_db, file.encode(), dry_run=dry_run)
    [fault] = refused.value.faults
    assert (str(fault.cell), fault.code) == ("A3", "code_without_zeros")
    assert fault.detail == f"{code} / 0071235"
    assert len(await _master(membership_db)) == 1


async def test_two_codes_that_differ_only_in_zeros_are_a_fault_unless_known(
    membership_db: Database,
) -> None:
    rows = "007,甲,法人,0300001001,,,\n7,乙,法人,0300001002,,,\nA-07,丙,法人,0300001003,,,"
    file = f"{HEADERS}\n{rows}\nA-7,丁,法人,0300001004,,,".encode()
    with pytest.raises(FaultyFile) as refused:
        await _import(membership_db, file)
    assert [str(fault.cell) for fault in refused.value.faults] == ["A3"]
    await _import(membership_db, file.replace(b"\n7,", b"\n8,"))
    async with membership_db.connection() as connection:
        await connection.execute("update customers set code = '7', code_key = '7' where code = '8'")
    assert await _import(membership_db, file) == Summary(unchanged=4)


async def test_importing_again_changes_only_what_the_file_says(membership_db: Database) -> None:
    """An empty limit and a missing column leave the stored values as they are."""
    await _import(
        membership_db,
        f"{HEADERS}\n{MINATO}\nA-1001,ヤマト,法人,0300001001,a.test;b.test,25,ヤマト".encode(),
    )
    summary = await _import(
        membership_db, "code,name,kind,phone\na-1001,ヤマト,法人,0300009999".encode()
    )
    assert summary == Summary(changed=1)
    assert (await _master(membership_db))[1:] == [
        ("a-1001", "ヤマト", "ヤマト", "corporation", "0300009999", 25, ["a.test", "b.test"])
    ]
    summary = await _import(
        membership_db, f"{HEADERS}\nA-1001,ヤマト,法人,0300009999,b.test;c.test,,".encode()
    )
    assert summary == Summary(changed=1)
    by_code = {row[0]: row for row in await _master(membership_db)}
    assert by_code["A-1001"] == (
        "A-1001",
        "ヤマト",
        "",
        "corporation",
        "0300009999",
        25,
        ["b.test", "c.test"],
    )
    assert by_code["A-1003"][1] == "合同会社みなと企画"


async def test_one_fault_refuses_the_whole_file(membership_db: Database) -> None:
    with pytest.raises(FaultyFile):
        await _import(membership_db, f"{HEADERS}\n{YAMATO}\nA-2,,法人,1,,,".encode())
    assert await _master(membership_db) == []


async def test_a_new_name_reaches_auth_for_each_member(yamato: Membership) -> None:
    """Each member's version rises, and auth gets the whole state; closed accounts are left out."""
    await yamato.customers(MINATO)
    joined = [await yamato.join(**applicant(number)) for number in range(3)]
    await yamato.delete(joined[2])
    await yamato.customers(YAMATO.replace("ヤマト商事", "ヤマト物産"), MINATO)
    told = await yamato.synced()
    assert [(one.version, one.customer_name, one.customer_code) for one in told] == [
        (2, "株式会社ヤマト物産", "A-1001")
    ] * 2
    assert {one.email for one in told} == {"person0@yamato.example", "person1@yamato.example"}
    assert all(one.first_password is not None for one in told)
    await yamato.send_receipts()
    versions = """
        select array_agg(distinct (version, confirmed_version)::text) from members
        where state <> 'closed'
    """
    assert await yamato.fetchval(versions) == ["(2,2)"]


async def test_a_change_that_auth_does_not_need_is_not_sent_to_auth(yamato: Membership) -> None:
    await yamato.join()
    await yamato.customers(YAMATO.replace("0300001001", "0300001002").replace(",,", ",50,"))
    assert await yamato.synced() == []


async def test_two_imports_and_confirmations_at_once_all_succeed(yamato: Membership) -> None:
    """Each waits for the other."""
    tokens = [await yamato.link(**applicant(number)) for number in range(4)]
    async with yamato.auth():
        results = await asyncio.gather(
            yamato.customers(YAMATO.replace("ヤマト商事", "甲"), MINATO),
            yamato.customers(MINATO, YAMATO.replace("ヤマト商事", "乙")),
            *(yamato.confirm(token) for token in tokens),
        )
    assert [reply.status for reply in results if reply is not None] == [200] * 4
    name = await yamato.fetchval("select name from customers where code = 'A-1001'")
    assert name in ("株式会社甲", "株式会社乙")


async def test_five_thousand_rows_are_imported_in_seconds(membership_db: Database) -> None:
    rows = "".join(
        f"K-{n},株式会社第{n}商事,カブシキガイシャ,法人,03{n:08d},c{n}.example;d{n}.example,\r\n"
        for n in range(5000)
    )
    data = (JAPANESE + rows).encode("cp932")
    seen: list[tuple[int, int]] = []
    started = time.monotonic()
    checked = customer_import.check(data, lambda *progress: seen.append(progress))
    summary = await customer_import.carry_out(
        membership_db, checked, progress=lambda *progress: seen.append(progress)
    )
    seconds = time.monotonic() - started
    assert summary == Summary(new=5000)
    assert seen[0] == (1, 10_000)
    assert seen[-1] == (10_000, 10_000)
    assert await _import(membership_db, data) == Summary(unchanged=5000)
    renamed = data.replace("商事".encode("cp932"), "物産".encode("cp932"))
    assert await _import(membership_db, renamed) == Summary(changed=5000)
    assert seconds < 10, seconds
