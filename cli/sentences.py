"""What the vendor's commands say, in Japanese and in English: the one table of sentences."""

from collections.abc import Mapping

from cli.finding_sentences import FINDINGS
from cli.language import say

SENTENCES: Mapping[str, tuple[str, str]] = {
    **FINDINGS,
    "none": ("該当するものはありません。", "There are none."),
    "customer_not_found": (
        "このお客様コードのお客様は登録されていません。",
        "No customer has this code.",
    ),
    "member_not_found": (
        "このお客様に、該当するアカウントはありません。",
        "The customer has no such member.",
    ),
    "approval_not_found": ("このIDの承認待ちはありません。", "Nothing of this id waits."),
    "approval_decided": (
        "すでに決定済みか、このアドレスのアカウントがすでに作られています。",
        "It was decided already, or the address has an account in the meantime.",
    ),
    "already_suspended": (
        "このアカウントはすでに停止されています。",
        "The account is suspended already.",
    ),
    "not_suspended": ("このアカウントは停止されていません。", "The account is not suspended."),
    "seats_full": (
        "このお客様のアカウント数は上限に達しています。`zaiseki seats` で上限を変更できます。",
        "The customer has no free seat; `zaiseki seats` gives it more.",
    ),
    "refused": ("実行できませんでした：{code}", "It was refused: {code}."),
    "call_back": (
        "{name}に、登録されている電話番号 {phone} へ折り返し電話をかけてから、--called を付けて"
        "実行してください。電話したことも、この番号を見たことも、操作記録に残ります。",
        "Call {name} back on {phone}, the number of the master, and say --called. It is written"
        " into the audit log, as is that you saw this number.",
    ),
    "no_day_after": (
        "暦に、この日の翌日はありません。",
        "The calendar has no day after this one.",
    ),
    "unknown_zone": (
        "TIME_ZONE には、Asia/Tokyo のようなタイムゾーン名を指定してください。",
        "TIME_ZONE has to name a time zone, such as Asia/Tokyo.",
    ),
    "approved": (
        "承認しました。申請した方にメールが届きます。",
        "It is permitted; the person who asked gets a mail.",
    ),
    "rejected": (
        "却下しました。申請した方にメールが届きます。",
        "It is turned down; the person who asked gets a mail.",
    ),
    "account_is": ("アカウントの状態：{state}", "The account is {state}."),
    "account_is_late": (
        "アカウントの状態：{state}（認証サービスの確認待ち）",
        "The account is {state} (auth has not confirmed it yet).",
    ),
    "limit_set": ("上限を {limit} にしました。", "The limit is {limit}."),
    "limit_raised": (
        "上限を {day} の終わりまで {limit} にしました。",
        "The limit is {limit} until the end of {day}.",
    ),
    "day_over": ("この日付はすでに過ぎています。", "The date is over already."),
    "audit_verified": (
        "{entries} 件の記録のうち、不整合は {breaks} 件です。",
        "{entries} entries, {breaks} breaks.",
    ),
    "mails_released": ("メール {count} 件を送信します。", "{count} mails go out."),
    "mails_dropped": (
        "メール {count} 件の送信を取りやめました。",
        "{count} mails are given up.",
    ),
    "mail_not_held": (
        "このIDの保留中のメールはありません。何も変更していません。",
        "No mail of this id is held. Nothing was changed.",
    ),
    "message_released": ("1秒以内に再送します。", "It will be sent again within a second."),
    "message_not_parked": (
        "このIDの停留中のメッセージはないか、25日より前のものです。",
        "No such message is parked, or it is older than 25 days.",
    ),
    "clock_ahead": (
        "時計は {ahead} 進んでいます（TRIAL_CLOCK=on の実行だけ）。",
        "The clock is now {ahead} ahead, in runs with TRIAL_CLOCK=on.",
    ),
    "how_far": (
        "進める時間を、数字と単位で指定してください：90s、10m、13h、7d",
        "Say how far as a number and a unit: 90s, 10m, 13h, 7d.",
    ),
    "restored_sessions": (
        "セッション {sessions} 件とリンク {links} 件を無効にし、ブラウザーの記憶を消しました。",
        "{sessions} sessions and {links} links ended; every browser is forgotten.",
    ),
    "restored_accounts": (
        "アカウント {accounts} 件が、次のログインでパスワードの再設定を求められます。",
        "{accounts} accounts ask for a password reset at their next sign-in.",
    ),
    "restored_mails": (
        "メール {mails} 件を保留にしました：`zaiseki mails held`、`release`、`drop`",
        "{mails} mails are held back: `zaiseki mails held`, `release`, `drop`.",
    ),
    "restored_newest": (
        "復元した操作記録の最新の記録は {time} のものです。",
        "The newest entry of the restored audit log is of {time}.",
    ),
    "restored_without_log": (
        "--log がないと、バックアップ以降に何があったかはわかりません。それ以降に停止・削除した方や"
        "権限を変えた方を、各社にお尋ねください。",
        "Without --log nothing is known of what happened since: ask each company whom it has"
        " suspended, deleted or given another role since then.",
    ),
    "restored_older": (
        "バックアップは --since より古いものです。{time} 以降の記録が失われています。",
        "The backup is older than --since: entries from {time} on are lost.",
    ),
    "restored_unknown": (
        "{chain}：失われた記録 {count} 件は、どのファイルにもありません。",
        "{chain}: {count} lost entries are in no file.",
    ),
    "restored_breaks": (
        "{chain}：ファイルの内容が、復元した操作記録につながりません。よく確認してください。",
        "{chain}: the files do not continue the restored audit log; look closely.",
    ),
    "restored_again": (
        "ファイルの最後の行より後のことはわかりません。やり直しが必要なもの：{count} 件",
        "What happened after the newest line of the files is not known. To be done again: {count}.",
    ),
    "logs_say_nothing": (
        "ファイルに操作記録が含まれていません。別のファイルを指定するか、--log を外してください。"
        "何も変更していません。",
        "The logs have no entry of the audit log: give others, or none. Nothing was changed.",
    ),
    "log_damaged": (
        "ファイルを使えません（{error}）。何も変更していません。",
        "The logs cannot be used: {error}. Nothing was changed.",
    ),
    "log_unreadable": ("{file} を読めません：{error}", "{file} cannot be read: {error}."),
    "log_no_text": (
        "{file} は圧縮されているか、UTF-8のテキストではありません。何も変更していません。",
        "{file} is compressed, or no text in UTF-8. Nothing was changed.",
    ),
    "database_silent": (
        "データベースが応答しません（{error}）。",
        "The database does not answer: {error}.",
    ),
    "database_refuses": (
        "データベースに拒否されました（{error}）。",
        "The database refuses this: {error}.",
    ),
    "redis_silent": ("Redisが応答しません（{error}）。", "Redis does not answer: {error}."),
    "nothing_runs": (
        "{path} では何も動いていません。`make run` で起動するか、{variables} を設定してください。",
        "Nothing runs in {path}: start it with `make run`, or set {variables}.",
    ),
    "nothing_to_run": ("{service}：実行するものはありません", "{service}: nothing to run"),
    "migrated": ("{service}：実行しました：{names}", "{service}: ran {names}"),
    "would_migrate": ("{service}：実行します：{names}", "{service}: would run {names}"),
    "waits_for_after": (
        "{service}：`zaiseki migrate --after` を待っています：{names}",
        "{service}: waits for `zaiseki migrate --after` {names}",
    ),
}


def sentence(name: str, /, **values: object) -> str:
    """One sentence in the language of the terminal, with its values."""
    return say(*SENTENCES[name]).format(**values)
