"""What `zaiseki check` says of what it finds: a part of the table in `cli.sentences`."""

from collections.abc import Mapping

FINDINGS: Mapping[str, tuple[str, str]] = {
    "no_answer_within": ("{seconds} 秒以内に応答がありません。", "No answer within {seconds} s."),
    "no_answer_in_time": ("時間内に応答がありません", "no answer in time"),
    "database_away": (
        "{error} 起動するか、{variable} を直してください。",
        "{error} Start it, or correct {variable}.",
    ),
    "database_full": (
        "{url} にこれ以上接続できません：{error}",
        "{url} gives no further connection: {error}.",
    ),
    "database_pooled": (
        "{url} では、トランザクションごとに別の接続が使われるか、専用の接続が使われません"
        "（保たれないもの：{lost}）。PostgreSQLに直接接続するか、セッション単位で割り当て、設定を"
        "引き継ぐプーラーを使うよう、{variable} を直してください。",
        "{url} gives each transaction another connection, or none of its own; not kept: {lost}."
        " Connect to PostgreSQL directly, or through a pooler with session pooling that passes"
        " settings on: correct {variable}.",
    ),
    "redis_refuses": (
        "{url} に接続できません：{error} 起動するか、REDIS_URL か {variable} を直してください。",
        "{url} does not let us in: {error} Start it, or correct REDIS_URL or {variable}.",
    ),
    "redis_drops": (
        "{url} の maxmemory-policy は {policy} のため、メッセージが消えて遅れることがあります。"
        "noeviction にしてください。",
        "{url} has maxmemory-policy {policy} and may drop messages, which then come late: set it to"
        " noeviction.",
    ),
    "auth_without_keys": (
        "{url} から鍵を取得できません：{error}。authを起動するか、AUTH_URL を直してください。",
        "{url} gives no keys: {error}. Start auth, or correct AUTH_URL.",
    ),
    "keys_at": ("{place}、鍵：{count} 個", "{place}, keys: {count}"),
    "key": ("鍵 {id}", "key {id}"),
    "strange_key": (
        "{services} がこのサービスのメッセージを拒否します。そちらの MESSAGE_PUBLIC_KEYS に、"
        "{variable} に合う鍵がありません。すべてのサービスに同じものを設定してください。",
        "{services} would refuse its messages: MESSAGE_PUBLIC_KEYS has no key that fits {variable}"
        " there. Give all services the same.",
    ),
    "presence_off": (
        "PRESENCE_MODE が off のため在席確認が行われず、盗まれたパスワードだけでログインできます。"
        "メールが復旧したら enforced に戻してください。",
        "PRESENCE_MODE is off: no sign-in is held for a presence check, so a stolen password is"
        " enough. Set it to enforced when your mail works again.",
    ),
    "vendor_unknown": (
        "メールに会社名や連絡先を書けません。{names} が未設定か、試用の値のままです。",
        "Mails cannot say who you are and how to reach you: {names} are not set, or are a trial's.",
    ),
    "mail_key_missing": (
        "{folder} に、MAIL_PUBLIC_KEY あてに暗号化した内容を開ける鍵がないため、メールは送信を"
        "待ち続けます。秘密鍵を追加するか、MAIL_PUBLIC_KEY を直してください。",
        "No key in {folder} opens what is sealed for MAIL_PUBLIC_KEY, so mails would wait. Add the"
        " private key, or correct MAIL_PUBLIC_KEY.",
    ),
    "mail_server_refuses": (
        "{place}：{error}。SMTP_URL を直すか、メールサーバーの管理者にお問い合わせください。",
        "{place}: {error}. Correct SMTP_URL, or ask who keeps it.",
    ),
}
