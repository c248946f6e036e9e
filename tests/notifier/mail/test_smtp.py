"""Delivery to a real SMTP server, and the outcomes of its faults."""

import asyncio
import ssl
from asyncio import StreamReader, StreamWriter
from pathlib import Path
from typing import Any

import pytest

from services.notifier.domain import Outcome
from services.notifier.errors import UnsafeAddress
from services.notifier.mail.connection import Limits
from services.notifier.mail.smtp import Transport
from services.notifier.settings import SmtpServer
from tests.notifier.smtp_server import SmtpDouble, make_certificate, raw_server, smtp_double

SENDER = "no-reply@zaiseki.example"
MAIL = b"Subject: hello\r\n\r\n.a line that begins with a dot\r\n"
QUICK = Limits(greeting=2, reply=1, contents=1)


def transport(
    server: SmtpServer, *, limits: Limits = QUICK, tls: ssl.SSLContext | None = None
) -> Transport:
    return Transport(server, sender=SENDER, limits=limits, tls=tls)


async def test_a_mail_is_accepted() -> None:
    async with smtp_double() as server:
        sending = transport(server.at)
        assert await sending.send("taro@example.jp", MAIL) == Outcome(
            "accepted", 250, "2.0.0 queued"
        )
        await sending.close()
    [mail] = server.received
    assert (mail.sender, mail.recipients, mail.content) == (SENDER, ["taro@example.jp"], MAIL)
    assert server.commands[0] == b"EHLO zaiseki.example\r\n"
    assert server.commands[-1] == b"QUIT\r\n"


@pytest.mark.parametrize(
    "address", ["foo.@docomo.ne.jp", "a..b@docomo.ne.jp", ".a..b.@ezweb.ne.jp"]
)
async def test_carrier_addresses_are_sent_unchanged(address: str) -> None:
    """They violate RFC 5321, and are common in Japan."""
    async with smtp_double() as server:
        assert (await transport(server.at).send(address, MAIL)).kind == "accepted"
    assert f"RCPT TO:<{address}>\r\n".encode() in server.commands


@pytest.mark.parametrize(
    "address",
    [
        "a@example.jp>\r\nRCPT TO:<b@evil.example",
        "a@example.jp\nDATA",
        "a@example.jp\0",
        "a@example.jp\u2028",
        "a@example.jp, b@evil.example",
        "a@example.jp> NOTIFY=SUCCESS <",
    ],
)
async def test_a_poisoned_recipient_never_reaches_the_wire(address: str) -> None:
    """A42"""
    async with smtp_double() as server:
        with pytest.raises(UnsafeAddress):
            await transport(server.at).send(address, MAIL)
    assert server.connections == 0


@pytest.mark.parametrize(
    ("refusing", "outcome"),
    [
        (SmtpDouble(rcpt=["450 4.2.0 greylisted"]), Outcome("later", 450, "4.2.0 greylisted")),
        (SmtpDouble(data=["451 4.3.0 try later"]), Outcome("later", 451, "4.3.0 try later")),
        (
            SmtpDouble(rcpt=["550 5.1.1 <taro@example.jp> unknown"]),
            Outcome("gone", 550, "5.1.1 <t***@example.jp> unknown"),
        ),
        (SmtpDouble(data=["554 5.7.1 spam"]), Outcome("ours", 554, "5.7.1 spam")),
    ],
)
async def test_a_refusal_does_not_affect_the_next_mail(
    refusing: SmtpDouble, outcome: Outcome
) -> None:
    async with smtp_double(refusing) as server:
        sending = transport(server.at)
        assert await sending.send("taro@example.jp", MAIL) == outcome
        assert (await sending.send("jiro@example.jp", MAIL)).kind == "accepted"
    assert server.recipients == ["jiro@example.jp"]
    assert server.connections == 1


async def test_a_connection_that_closes_at_rcpt_is_replaced_and_the_mail_sent() -> None:
    async with smtp_double(SmtpDouble(rcpt=["421 4.3.2 shutting down"])) as server:
        sending = transport(server.at)
        assert (await sending.send("taro@example.jp", MAIL)).kind == "later"
        assert (await sending.send("taro@example.jp", MAIL)).kind == "accepted"
    assert server.connections == 2


async def test_connections_are_kept_and_greeted_once() -> None:
    async with smtp_double() as server:
        sending = transport(server.at)
        for number in range(5):
            await sending.send(f"taro{number}@example.jp", MAIL)
    assert len(server.received) == 5
    assert server.connections == 1
    assert server.commands.count(b"EHLO zaiseki.example\r\n") == 1


async def test_a_connection_serves_one_mail_at_a_time_and_few_are_kept() -> None:
    async with smtp_double(SmtpDouble(reply_delay=0.05)) as server:
        sending = transport(server.at, limits=Limits(reply=1, contents=2, keep=2))
        addresses = [f"taro{number}@example.jp" for number in range(6)]
        outcomes = await asyncio.gather(*(sending.send(to, MAIL) for to in addresses))
        assert {outcome.kind for outcome in outcomes} == {"accepted"}
        assert server.connections == 6
        await asyncio.gather(*(sending.send(to, MAIL) for to in addresses[:2]))
        assert server.connections == 6
    assert sorted(server.recipients) == sorted([*addresses, *addresses[:2]])


async def test_a_dead_kept_connection_is_replaced_before_the_mail_is_sent() -> None:
    async with smtp_double() as server:
        sending = transport(server.at)
        await sending.send("taro@example.jp", MAIL)
        server.cut_connections()
        assert (await sending.send("jiro@example.jp", MAIL)).kind == "accepted"
    assert server.recipients == ["taro@example.jp", "jiro@example.jp"]


async def test_a_kept_connection_that_no_longer_answers_is_replaced_too() -> None:
    async with smtp_double() as server:
        sending = transport(server.at)
        await sending.send("taro@example.jp", MAIL)
        [silent] = server.protocols
        stopped: Any = silent.transport
        stopped.pause_reading()
        assert (await sending.send("jiro@example.jp", MAIL)).kind == "accepted"
    assert server.connections == 2


async def test_an_idle_connection_is_closed() -> None:
    async with smtp_double() as server:
        sending = transport(server.at, limits=Limits(reply=1, contents=2, idle=0.05))
        await sending.send("taro@example.jp", MAIL)
        await asyncio.sleep(0.1)
        await sending.send("taro@example.jp", MAIL)
    assert server.connections == 2


async def test_a_missing_server_is_unreachable() -> None:
    async with smtp_double() as server:
        at = server.at
    sending = transport(at)
    assert (await sending.send("taro@example.jp", MAIL)).kind == "unreachable"
    assert not await sending.reachable()


async def test_a_server_that_hangs_before_its_banner_is_given_up() -> None:
    async def hang(_reader: StreamReader, _writer: StreamWriter) -> None:
        await asyncio.sleep(5)

    async with raw_server(hang) as at:
        outcome = await transport(at).send("taro@example.jp", MAIL)
    assert outcome.kind == "unreachable"
    assert outcome.answer == "Timed out waiting for server ready message"


async def test_a_refusing_banner_is_the_servers_fault_and_not_the_mails() -> None:
    async def refuse(_reader: StreamReader, writer: StreamWriter) -> None:
        writer.write(b"554 5.7.0 go away\r\n")
        await writer.drain()

    async with raw_server(refuse) as at:
        outcome = await transport(at).send("taro@example.jp", MAIL)
    assert outcome == Outcome("unreachable", 554, "5.7.0 go away")


async def test_a_connection_cut_after_the_contents_makes_the_outcome_unknown() -> None:
    """The server may have the mail: RFC 5321, section 6.1."""
    async with smtp_double(SmtpDouble(cut_after_data=1)) as server:
        sending = transport(server.at)
        assert (await sending.send("taro@example.jp", MAIL)).kind == "unknown"
        assert (await sending.send("taro@example.jp", MAIL)).kind == "accepted"
    assert [mail.content for mail in server.received] == [MAIL, MAIL]


async def test_silence_after_the_contents_makes_the_outcome_unknown() -> None:
    async with smtp_double(SmtpDouble(hang_after_data=1)) as server:
        assert (await transport(server.at).send("taro@example.jp", MAIL)).kind == "unknown"


async def test_a_server_that_does_not_speak_smtp_is_unreachable() -> None:
    async def babble(reader: StreamReader, writer: StreamWriter) -> None:
        writer.write(b"220 hello\r\n")
        while await reader.readline():
            writer.write(b"what?\r\n")

    async with raw_server(babble) as at:
        assert (await transport(at).send("taro@example.jp", MAIL)).kind == "unreachable"


# TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    return make_certificate(tmp_path_factory.mktemp("tls"), "localhost")


def secured(scheme: str, server: SmtpDouble, user: str = "") -> SmtpServer:
    return SmtpServer.parse(f"{scheme}://{user}localhost:{server.port}")


@pytest.mark.parametrize(("scheme", "wrapped"), [("smtp+starttls", False), ("smtps", True)])
async def test_mail_and_password_are_sent_under_tls(
    certificate: tuple[ssl.SSLContext, ssl.SSLContext], scheme: str, wrapped: bool
) -> None:
    offered, trusted = certificate
    async with smtp_double(tls=offered, wrapped=wrapped, password="s:cret/@") as server:
        at = secured(scheme, server, "mailer:s%3Acret%2F%40@")
        outcome = await transport(at, tls=trusted).send("taro@example.jp", MAIL)
    assert outcome.kind == "accepted"
    assert [mail.tls for mail in server.received] == [True]


async def test_a_wrong_password_is_not_the_mails_fault(
    certificate: tuple[ssl.SSLContext, ssl.SSLContext],
) -> None:
    offered, trusted = certificate
    async with smtp_double(tls=offered, wrapped=True, password="right") as server:
        at = secured("smtps", server, "mailer:wrong@")
        outcome = await transport(at, tls=trusted).send("taro@example.jp", MAIL)
    assert (outcome.kind, outcome.code) == ("unreachable", 535)
    assert "wrong" not in outcome.answer


@pytest.mark.parametrize("scheme", ["smtp+starttls", "smtps"])
async def test_no_mail_is_sent_to_a_server_with_an_untrusted_certificate(
    certificate: tuple[ssl.SSLContext, ssl.SSLContext], scheme: str
) -> None:
    offered, _ = certificate
    async with smtp_double(tls=offered, wrapped=scheme == "smtps", password="x") as server:
        outcome = await transport(secured(scheme, server, "u:x@")).send("taro@example.jp", MAIL)
    assert outcome.kind == "unreachable"
    assert "CERTIFICATE_VERIFY_FAILED" in outcome.answer
    assert server.received == []
    assert not any(command.startswith((b"AUTH", b"MAIL")) for command in server.commands)


async def test_no_mail_is_sent_to_a_server_with_anothers_certificate(tmp_path: Path) -> None:
    offered, trusted = make_certificate(tmp_path, "elsewhere.test")
    async with smtp_double(tls=offered) as server:
        at = secured("smtp+starttls", server)
        outcome = await transport(at, tls=trusted).send("taro@example.jp", MAIL)
    assert outcome.kind == "unreachable"
    assert server.received == []


async def test_neither_mail_nor_password_is_sent_if_starttls_is_missing() -> None:
    """A43: an attacker may have removed it; only the greeting is sent in clear."""
    async with smtp_double() as server:
        at = secured("smtp+starttls", server, "mailer:secret@")
        outcome = await transport(at).send("taro@example.jp", MAIL)
    assert outcome.kind == "unreachable"
    assert outcome.answer == "SMTP STARTTLS extension not supported by server."
    assert [command for command in server.commands if not command.startswith(b"QUIT")] == [
        b"EHLO zaiseki.example\r\n"
    ]


async def test_no_mail_is_sent_by_smtps_to_a_server_without_tls() -> None:
    async with smtp_double() as server:
        outcome = await transport(secured("smtps", server)).send("taro@example.jp", MAIL)
    assert outcome.kind == "unreachable"
    assert server.received == []
