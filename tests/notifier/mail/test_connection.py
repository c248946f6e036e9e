"""A connection by RFC 5321: codes and time limits, against a scripted server."""

from asyncio import StreamReader, StreamWriter

import pytest

from services.notifier.domain import Outcome, OutcomeKind
from services.notifier.mail.connection import Limits
from services.notifier.mail.smtp import Transport
from services.notifier.settings import SmtpServer
from tests.notifier.smtp_server import Replies, SmtpDouble, raw_server, scripted_server, smtp_double

MAIL = b"Subject: hello\r\n\r\n.a line that begins with a dot\r\n"
QUICK = Limits(greeting=2, reply=1, contents=1)


def transport(server: SmtpServer, limits: Limits = QUICK) -> Transport:
    return Transport(server, sender="no-reply@zaiseki.example", limits=limits)


@pytest.mark.parametrize("code", [200, 250, 251, 252, 253, 299])
@pytest.mark.parametrize("command", ["EHLO", "MAIL", "RCPT", "contents"])
async def test_any_code_that_begins_with_2_means_success(command: str, code: int) -> None:
    """RFC 5321, section 4.2: codes that it does not list too."""
    async with scripted_server({command: f"{code} as you like"}) as (at, heard):
        outcome = await transport(at).send("taro@example.jp", MAIL)
    assert outcome.kind == "accepted"
    assert heard == ["EHLO", "MAIL", "RCPT", "DATA", "contents"]


@pytest.mark.parametrize("code", [354, 350, 399])
async def test_any_code_that_begins_with_3_after_data_means_continue(code: int) -> None:
    async with scripted_server({"DATA": f"{code} go"}) as (at, heard):
        assert (await transport(at).send("taro@example.jp", MAIL)).kind == "accepted"
    assert heard[-1] == "contents"


async def test_a_server_without_ehlo_is_greeted_with_helo() -> None:
    async with scripted_server({"EHLO": "500 what?", "HELO": "251 hello"}) as (at, heard):
        assert (await transport(at).send("taro@example.jp", MAIL)).kind == "accepted"
    assert heard[:3] == ["EHLO", "HELO", "MAIL"]


@pytest.mark.parametrize(
    ("replies", "kind"),
    [
        ({"MAIL": "550 5.7.1 we do not know you"}, "ours"),
        ({"MAIL": "451 4.3.0 later"}, "later"),
        ({"RCPT": "499 hm"}, "later"),
        ({"RCPT": "599 5.1.1 nobody here"}, "gone"),
        ({"RCPT": "550-5.1.1 nobody\r\n550 5.1.1 here"}, "gone"),
        ({"DATA": "451 4.3.0 later"}, "later"),
        ({"DATA": "554 5.5.1 no valid recipients"}, "ours"),
        ({"contents": "452 4.2.2 full"}, "full"),
        ({"contents": "552 5.2.2 full"}, "full"),
        ({"contents": "550 5.7.26 DMARC"}, "ours"),
        # Protocol errors: before the contents the server has no mail, after them perhaps.
        ({"RCPT": "354 go"}, "later"),
        ({"RCPT": "650 hm"}, "later"),
        ({"DATA": "250 ok"}, "later"),
        ({"contents": "354 go"}, "unknown"),
        ({"contents": "050 hm"}, "unknown"),
        ({"contents": "what?"}, "unknown"),
    ],
)
async def test_each_other_reply_has_its_outcome(replies: Replies, kind: OutcomeKind) -> None:
    async with scripted_server(replies) as (at, _):
        assert (await transport(at).send("taro@example.jp", MAIL)).kind == kind


async def test_after_a_refusal_the_connection_serves_the_next_mail() -> None:
    async with scripted_server({"RCPT": "550 5.1.1 unknown"}) as (at, heard):
        sending = transport(at)
        await sending.send("taro@example.jp", MAIL)
        await sending.send("jiro@example.jp", MAIL)
    assert heard == ["EHLO", "MAIL", "RCPT", "RSET", "MAIL", "RCPT", "RSET"]


@pytest.mark.parametrize("slow", ["greeting", "MAIL", "RCPT", "DATA", "contents"])
async def test_each_step_has_its_own_time_limit(slow: str) -> None:
    """RFC 5321, section 4.5.3.2: a slow greeting allows no slow answers afterwards."""
    name = {"greeting": "greeting", "contents": "contents"}.get(slow, "reply")
    answers = {"greeting": "220 hello", "DATA": "354 go"}
    limits = {"greeting": 0.5, "reply": 0.5, "contents": 0.5}
    async with scripted_server({slow: (0.8, answers.get(slow, "250 ok"))}) as (at, _):
        given_up = await transport(at, Limits(**limits)).send("taro@example.jp", MAIL)
        waited_for = await transport(at, Limits(**limits | {name: 30.0})).send(
            "taro@example.jp", MAIL
        )
    assert given_up.kind == {
        "greeting": "unreachable",
        "MAIL": "unreachable",
        "contents": "unknown",
    }.get(slow, "later")
    assert waited_for.kind == "accepted"


async def test_a_slow_recipient_gets_more_time_from_the_second_attempt_on() -> None:
    limits = Limits(greeting=2, reply=5, contents=2, first=0.1)
    async with smtp_double(SmtpDouble(reply_delay=0.3)) as server:
        first = await transport(server.at, limits).send("taro@example.jp", MAIL, patient=False)
        second = await transport(server.at, limits).send("taro@example.jp", MAIL, patient=True)
    assert (first.kind, second.kind) == ("later", "accepted")


async def test_a_connection_lost_before_the_contents_means_no_delivery() -> None:
    async def cut_at_data(reader: StreamReader, writer: StreamWriter) -> None:
        writer.write(b"220 hello\r\n")
        while line := await reader.readline():
            if line.startswith(b"DATA"):
                break
            writer.write(b"250 ok\r\n")

    async with raw_server(cut_at_data) as at:
        assert (await transport(at).send("taro@example.jp", MAIL)).kind == "later"


async def test_contents_are_sent_only_after_the_handover_was_recorded() -> None:
    asked: list[list[str]] = []
    async with scripted_server({}) as (at, heard):

        async def hand_over() -> None:
            asked.append(list(heard))

        outcome = await transport(at).send("taro@example.jp", MAIL, hand_over=hand_over)
    assert outcome.kind == "accepted"
    assert asked == [["EHLO", "MAIL", "RCPT"]]


@pytest.mark.parametrize("error", [RuntimeError("not now"), OSError("no database")])
async def test_contents_are_not_sent_if_the_handover_fails(error: Exception) -> None:
    async def hand_over() -> None:
        raise error

    async with scripted_server({}) as (at, heard):
        to = transport(at)
        sending = to.send("taro@example.jp", MAIL, hand_over=hand_over)
        if isinstance(error, OSError):
            assert await sending == Outcome("later", None, "OSError('no database')")
        else:
            with pytest.raises(RuntimeError, match="not now"):
                await sending
        assert (await to.send("jiro@example.jp", MAIL)).kind == "accepted"
    assert heard[:3] == ["EHLO", "MAIL", "RCPT"]
    assert heard.count("contents") == 1


@pytest.mark.parametrize(
    "content",
    [
        b"a\r\n.\r\nMAIL FROM:<x@evil.example>\r\n",
        b"a\n.\nMAIL FROM:<x@evil.example>\n",
        b"a\r.\rMAIL FROM:<x@evil.example>",
        b".",
        b"..\r\n",
    ],
)
async def test_no_line_of_the_contents_ends_them(content: bytes) -> None:
    """RFC 5321, section 4.5.2; lines that end in another way than CRLF included."""
    async with smtp_double() as server:
        assert (await transport(server.at).send("taro@example.jp", content)).kind == "accepted"
    [mail] = server.received
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").removesuffix(b"\n").split(b"\n")
    assert mail.content == b"".join(line + b"\r\n" for line in lines)
