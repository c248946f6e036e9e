"""`zaiseki mails held` shows recipients without their full addresses (B6)."""

import json

from tests.deployment import Deployment

UNKNOWN = "018f0000-0000-7000-8000-000000000000"


def test_b6_held_mails_are_listed_masked_for_people_and_scripts(deployment: Deployment) -> None:
    deployment.migrate()
    deployment.execute(
        "insert into notifier.mails (id, template, subject_id, to_address, locale, state, key_id,"
        " sealed_params, request_id, expires_at) values (gen_random_uuid(), 'invitation',"
        " gen_random_uuid(), 'taro@held.example', 'ja', 'queued', 'k', 's', '',"
        " now() + interval '1 day')"
    )
    restored = deployment.run("cli", "restored", "--since", "2026-01-01", "--by", "sato")
    assert restored.returncode == 0, restored.stderr
    table = deployment.run("cli", "mails", "held", LC_ALL="C.UTF-8")
    heads, row = table.stdout.splitlines()
    assert heads.split() == ["ID", "ASKED", "FOR", "EXPIRES", "TEMPLATE", "ADDRESS"]
    assert heads.index("ADDRESS") == row.index("t***@held.example")
    japanese = deployment.run("cli", "mails", "held", LC_ALL="ja_JP.UTF-8").stdout
    assert japanese.split()[:5] == ["ID", "依頼日時", "期限", "テンプレート", "メールアドレス"]
    assert "  招待  " in japanese
    [told] = json.loads(deployment.run("cli", "mails", "held", "--json").stdout)
    assert (told["template"], told["address"]) == ("invitation", "t***@held.example")
    assert told.keys() == {"id", "asked_for", "expires", "template", "address"}
    for act in ("release", "drop"):
        unknown = deployment.run("cli", "mails", act, told["id"], UNKNOWN, "--by", "sato")
        assert (unknown.returncode, unknown.stdout) == (1, "")
        assert unknown.stderr == "No held mail has this id. Nothing was changed.\n"
    dropped = deployment.run("cli", "mails", "drop", told["id"], "--by", "Sato")
    logged = json.loads(dropped.stderr)
    assert dropped.stdout == "1 mails were dropped.\n"
    none = deployment.run("cli", "mails", "release", "--all", "--json", "--by", "sato")
    assert json.loads(none.stdout) == {"mails": 0}
    assert (logged["event"], logged["by"], logged["mails"]) == ("mails were dropped", "sato", 1)
    assert "taro@" not in restored.stdout + restored.stderr + table.stdout + dropped.stderr
