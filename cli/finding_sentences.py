"""The sentences of `zaiseki check`; `cli.sentences` includes them."""

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
        "{url} accepts no more connections: {error}.",
    ),
    "database_pooled": (
        "{url} では、トランザクションごとに別の接続が使われるか、専用の接続が使われません"
        "（失われるもの：{lost}）。PostgreSQLに直接接続するか、セッション単位で割り当て、設定を"
        "引き継ぐプーラーを使うよう、{variable} を直してください。",
        "{url} does not keep one connection for a session; lost: {lost}. Connect to PostgreSQL"
        " directly, or through a pooler with session pooling that passes settings on: correct"
        " {variable}.",
    ),
    "redis_refuses": (
        "{url} に接続できません：{error} 起動するか、REDIS_URL か {variable} を直してください。",
        "{url} cannot be used: {error} Start it, or correct REDIS_URL or {variable}.",
    ),
    "redis_drops": (
        "{url} の maxmemory-policy は {policy} のため、メッセージが消え、届くのが遅れることが"
        "あります。noeviction にしてください。",
        "{url} has maxmemory-policy {policy} and may drop messages, which are then late: set it to"
        " noeviction.",
    ),
    "auth_without_keys": (
        "{url} から鍵を取得できません：{error}。authを起動するか、AUTH_URL を直してください。",
        "{url} returns no keys: {error}. Start auth, or correct AUTH_URL.",
    ),
    "keys_at": ("{place}、鍵：{count} 個", "{place}, keys: {count}"),
    "key": ("鍵 {id}", "key {id}"),
    "strange_key": (
        "{services} の MESSAGE_PUBLIC_KEYS に {variable} に対応する鍵がないため、このサービスの"
        "メッセージが拒否されます。すべてのサービスに同じ値を設定してください。",
        "{services} would reject its messages: the MESSAGE_PUBLIC_KEYS there has no key for"
        " {variable}. Set the same value for all services.",
    ),
    "presence_off": (
        "PRESENCE_MODE が off のため在席確認が行われず、盗まれたパスワードだけでログインできます。"
        "メールが復旧したら enforced に戻してください。",
        "PRESENCE_MODE is off: sign-ins need no presence check, so a stolen password is enough."
        " Set it to enforced when your mail works again.",
    ),
    "vendor_unknown": (
        "メールやページに正しい会社名や連絡先が入りません。"
        "{names} が未設定か、試用の値のままです。",
        "Mails and pages lack your name or contact details: {names} are not set, or have trial"
        " values.",
    ),
    "mail_key_missing": (
        "{folder} に MAIL_PUBLIC_KEY に対応する秘密鍵がないため、メールは送信されないまま待ち"
        "続けます。秘密鍵を追加するか、MAIL_PUBLIC_KEY を直してください。",
        "{folder} has no private key for MAIL_PUBLIC_KEY, so mails would wait. Add the private key,"
        " or correct MAIL_PUBLIC_KEY.",
    ),
    "mail_server_refuses": (
        "{place}：{error}。SMTP_URL を直すか、メールサーバーの管理者にお問い合わせください。",
        "{place}: {error}. Correct SMTP_URL, or ask the administrator of the mail server.",
    ),
}
