"""Spans of the whole product: one trace from the request to SMTP; none while they are off."""

from pathlib import Path

from tests.collector import Collector
from tests.e2e.test_main_job import form, import_customer, join
from tests.product import PROCESSES, Product, token_in

PROTOBUF = "google/_upb"
"""What only a process that sends spans has mapped into its memory."""


def maps(product: Product, process: str) -> str:
    return Path(f"/proc/{product.pid(process)}/maps").read_text()


async def test_a_forgotten_password_is_one_trace_down_to_smtp(
    traced: tuple[Product, Collector], tmp_path: Path
) -> None:
    product, collector = traced
    import_customer(product, tmp_path, "T-1", "trace.example")
    body = form("trace.example", "T-1")
    await join(product, body)
    reply = await product.browser().post("/api/auth/password-reset", {"email": body["email"]})
    id = reply.headers["X-Request-Id"]
    collector.until(lambda: len(collector.trace_of(id)) == 7)
    assert collector.paths_of(id) == [
        "zaiseki-auth api: POST /password-reset"
        " > zaiseki-auth api: transaction request password reset"
        " > zaiseki-auth api: create auth.start_password_reset"
        " > zaiseki-auth worker: process auth.start_password_reset"
        " > zaiseki-auth worker: create notifier.send_mail"
        " > zaiseki-notifier worker: process notifier.send_mail"
        " > zaiseki-notifier worker: send mail password_reset"
    ]
    spans = {span.name: span for span in collector.trace_of(id)}
    assert {span.attributes["zaiseki.request_id"] for span in spans.values()} == {id}
    assert [span.kind for span in collector.trace_of(id)].count("consumer") == 2
    assert not any(span.failed for span in spans.values())
    assert spans["send mail password_reset"].attributes["zaiseki.mail.outcome"] == "accepted"

    (line,) = [line for line in await product.lines_of(id, until="mail") if line["event"] == "mail"]
    sent = spans["send mail password_reset"]
    assert (line["trace_id"], line["span_id"]) == (sent.trace_id, sent.span_id)


async def test_a_confirmed_registration_is_one_trace_through_all_three_services(
    traced: tuple[Product, Collector], tmp_path: Path
) -> None:
    product, collector = traced
    import_customer(product, tmp_path, "T-2", "three-traced.example")
    browser, body = product.browser(), form("three-traced.example", "T-2")
    await browser.post("/api/membership/registrations", body)
    token = token_in(await product.mail(body["email"], "メールアドレスの確認"))
    reply = await browser.post("/api/membership/registrations/confirm", {"token": token})
    id = reply.headers["X-Request-Id"]
    collector.until(lambda: len(collector.trace_of(id)) == 9)
    root = (
        "zaiseki-membership api: POST /registrations/confirm"
        " > zaiseki-membership api: transaction confirm registration"
        " > zaiseki-membership api: create "
    )
    assert collector.paths_of(id) == [
        "zaiseki-auth api: GET /forward",
        f"{root}auth.sync_account > zaiseki-auth worker: process auth.sync_account",
        f"{root}auth.sync_account > zaiseki-membership worker: settle auth.sync_account",
        f"{root}notifier.send_mail > zaiseki-notifier worker: process notifier.send_mail"
        " > zaiseki-notifier worker: send mail first_owner_joined",
    ]


async def test_a_strangers_traceparent_is_ignored(traced: tuple[Product, Collector]) -> None:
    product, collector = traced
    theirs = "0af7651916cd43dd8448eb211c80319c"
    reply = await product.browser().get(
        "/api/auth/session",
        Traceparent=f"00-{theirs}-b7ad6b7169203331-01",
        Tracestate="x=stranger",
        Baggage="x=stranger",
    )
    id = reply.headers["X-Request-Id"]
    collector.until(lambda: collector.trace_of(id))
    assert [span.parent_id for span in collector.trace_of(id)] == [""]
    assert collector.trace_of(theirs) == []
    assert all(b"stranger" not in body for body in collector.bodies)


async def test_each_process_names_itself_in_its_spans(
    traced: tuple[Product, Collector], tmp_path: Path
) -> None:
    product, collector = traced
    import_customer(product, tmp_path, "T-3", "which.example")
    await join(product, form("which.example", "T-3"))

    def told() -> set[str]:
        return {f"{one['service.name']}-{one['zaiseki.process']}" for one in collector.resources}

    spanning = {f"zaiseki-{process}" for process in PROCESSES if process != "notifier-api"}
    collector.until(lambda: told() >= spanning)
    instances = {
        (one["service.name"], one["zaiseki.process"], one["service.instance.id"])
        for one in collector.resources
    }
    assert len({id for _, _, id in instances}) == len(instances), "each fork has its id"


def test_switched_off_no_process_has_loaded_the_exporter(
    product: Product, traced: tuple[Product, Collector]
) -> None:
    assert [process for process in PROCESSES if PROTOBUF in maps(product, process)] == []
    with_spans, _ = traced
    assert [name for name in PROCESSES if PROTOBUF in maps(with_spans, name)] == PROCESSES
