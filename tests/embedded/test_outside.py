"""External parts: a run uses a given database and broker instead of its own."""

from pathlib import Path

from tests.conftest import new_key
from tests.product import running
from tests.servers import Servers


async def test_a_run_works_with_an_external_database_and_broker(
    tmp_path: Path, servers: Servers
) -> None:
    """Two of the secrets are read from files."""
    (tmp_path / "redis-url").write_text(servers.redis_url(db=63) + "\n")
    (tmp_path / "message-keys").write_text(new_key())
    outside = {
        "DATABASE_URL": servers.create_database("outside"),
        "REDIS_URL_FILE": str(tmp_path / "redis-url"),
        "MESSAGE_KEYS_FILE": str(tmp_path / "message-keys"),
    }
    async with running(tmp_path / "state", **outside) as product:
        names = {part["name"] for part in product.run["processes"]}
        assert names.isdisjoint({"postgres", "valkey"})
        assert not (tmp_path / "state" / "postgres").exists()
        form = {
            "customer_code": "A-1001",
            "customer_phone": "03-0000-1001",
            "family_name": "山田",
            "given_name": "太郎",
            "email": "taro@yamato-shoji.example",
            "phone": "090-0000-0001",
        }
        sent = await product.browser().post("/api/membership/registrations", form)
        assert sent.status == 202
        assert await product.mail(form["email"], "メールアドレスの確認")
        roles = product.query("select string_agg(rolname, ' ' order by rolname) from pg_roles "
                              "where rolname like 'zaiseki_%'")  # fmt: skip
        assert roles == "zaiseki_auth zaiseki_membership zaiseki_notifier"
    servers.drop_database("outside")


async def test_an_external_mail_server_replaces_the_mailbox(tmp_path: Path) -> None:
    async with running(tmp_path / "state", SMTP_URL="smtp://127.0.0.1:9") as product:
        assert product.run["mailbox"] is None
        assert product.run["smtp"] == "smtp://127.0.0.1:9"
        assert "mailbox" not in {part["name"] for part in product.run["processes"]}
