"""All sentences that the commands print, in Japanese and in English."""

from collections.abc import Mapping

from cli.finding_sentences import FINDINGS
from cli.language import say

SENTENCES: Mapping[str, tuple[str, str]] = {
    **FINDINGS,
    "none": ("該当するものはありません。", "None found."),
    "customer_not_found": (
        "このお客様コードのお客様は登録されていません。",
        "No customer has this code.",
    ),
    "member_not_found": (
        "このお客様に、該当するアカウントはありません。",
        "The customer has no such member.",
    ),
    "approval_not_found": ("このIDの承認待ちはありません。", "No pending approval has this id."),
    "approval_decided": (
        "すでに決定済みか、このアドレスのアカウントがすでに作られています。",
        "It has already been decided, or the address has an account in the meantime.",
    ),
    "already_suspended": (
        "このアカウントはすでに停止されています。",
        "The account is already suspended.",
    ),
    "not_suspended": ("このアカウントは停止されていません。", "The account is not suspended."),
    "seats_full": (
        "このお客様のアカウント数は上限に達しています。`zaiseki seats` で上限を変更できます。",
        "The customer has no free seat; raise its limit with `zaiseki seats`.",
    ),
    "refused": ("実行できませんでした：{code}", "The action is not possible: {code}."),
    "call_back": (
        "{name}に、登録されている電話番号 {phone} へ折り返し電話をかけてから、--called を付けて"
        "実行してください。電話したことと、この番号を表示したことは、操作記録に残ります。",
        "Call {name} back on its registered number {phone}, and then use --called. The call and"
        " the display of this number are recorded in the audit log.",
    ),
    "no_day_after": (
        "暦に、この日の翌日はありません。",
        "The calendar has no day after this one.",
    ),
    "unknown_zone": (
        "TIME_ZONE には、Asia/Tokyo のようなタイムゾーン名を指定してください。",
        "TIME_ZONE must be the name of a time zone, such as Asia/Tokyo.",
    ),
    "approved": (
        "承認しました。申請した方にメールが届きます。",
        "Approved; the applicant gets a mail.",
    ),
    "rejected": (
        "却下しました。申請した方にメールが届きます。",
        "Rejected; the applicant gets a mail.",
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
    "day_over": ("この日付はすでに過ぎています。", "The date has already passed."),
    "audit_verified": (
        "{entries} 件の記録のうち、不整合は {breaks} 件です。",
        "{entries} entries, {breaks} breaks.",
    ),
    "mails_released": ("メール {count} 件を送信します。", "{count} mails will be sent."),
    "mails_dropped": (
        "メール {count} 件の送信を取りやめました。",
        "{count} mails were dropped.",
    ),
    "mail_not_held": (
        "このIDの保留中のメールはありません。何も変更していません。",
        "No held mail has this id. Nothing was changed.",
    ),
    "message_released": ("1秒以内に再送します。", "It will be sent again within a second."),
    "message_not_parked": (
        "このIDの保留中のメッセージはないか、25日より前のものです。",
        "No parked message has this id, or it is older than 25 days.",
    ),
    "clock_ahead": (
        "時計は {ahead} 進んでいます（TRIAL_CLOCK=on の実行だけ）。",
        "The clock is now {ahead} ahead in runs with TRIAL_CLOCK=on.",
    ),
    "how_far": (
        "進める時間を、数字と単位で指定してください：90s、10m、13h、7d",
        "Give the duration as a number and a unit: 90s, 10m, 13h, 7d.",
    ),
    "restored_sessions": (
        "セッション {sessions} 件とリンク {links} 件を無効にし、確認済みのブラウザーの情報を"
        "消しました。",
        "{sessions} sessions and {links} links were ended; no browser counts as known any more.",
    ),
    "restored_accounts": (
        "アカウント {accounts} 件が、次のログインでパスワードの再設定を求められます。",
        "{accounts} accounts require a password reset at their next sign-in.",
    ),
    "restored_mails": (
        "メール {mails} 件を保留にしました：`zaiseki mails held`、`release`、`drop`",
        "{mails} mails are held back: `zaiseki mails held`, `release`, `drop`.",
    ),
    "restored_newest": (
        "復元した操作記録の最新の記録は {time} のものです。",
        "The newest entry of the restored audit log was written at {time}.",
    ),
    "restored_without_log": (
        "--log がないと、バックアップ以降の操作はわかりません。それ以降に停止・削除した方や"
        "権限を変えた方を、各社にお尋ねください。",
        "Without --log, actions since the backup are unknown: ask each company which members it"
        " has suspended, deleted or given another role since then.",
    ),
    "restored_older": (
        "バックアップは --since より古いものです。{time} 以降の記録が失われています。",
        "The backup is older than --since: entries from {time} on are lost.",
    ),
    "restored_unknown": (
        "{chain}：失われた記録 {count} 件は、どのファイルにもありません。",
        "{chain}: {count} lost entries are in none of the files.",
    ),
    "restored_breaks": (
        "{chain}：ファイルの内容が、復元した操作記録につながりません。よく確認してください。",
        "{chain}: the files do not continue the restored audit log; check them carefully.",
    ),
    "restored_again": (
        "ファイルの最後の行より後の操作はわかりません。やり直しが必要なもの：{count} 件",
        "Actions after the newest line of the files are unknown. Actions to repeat: {count}.",
    ),
    "logs_say_nothing": (
        "ファイルに操作記録が含まれていません。別のファイルを指定するか、--log を外してください。"
        "何も変更していません。",
        "The files contain no audit entries: name other files, or leave out --log. Nothing was"
        " changed.",
    ),
    "log_damaged": (
        "ファイルを使えません（{error}）。何も変更していません。",
        "The files cannot be used: {error}. Nothing was changed.",
    ),
    "log_unreadable": ("{file} を読めません：{error}", "{file} cannot be read: {error}."),
    "log_no_text": (
        "{file} は圧縮されているか、UTF-8のテキストではありません。何も変更していません。",
        "{file} is compressed, or is not UTF-8 text. Nothing was changed.",
    ),
    "database_silent": (
        "データベースが応答しません（{error}）。",
        "The database does not answer: {error}.",
    ),
    "database_refuses": (
        "データベースに拒否されました（{error}）。",
        "The database rejected the command: {error}.",
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
    "demo_needs_mailbox": (
        "デモは、`make run` で起動した試用の環境でのみ作成できます。メールは、このパソコン内の"
        "メールボックスに届く必要があります。",
        "The demo needs a running trial: `make run` with its own mailbox, beside this command and"
        " with the same STATE_DIR.",
    ),
    "demo_needs_loopback": (
        "この環境には他のパソコンから接続できるため、デモを作成できません。",
        "Other machines can reach this run, so the demo is not made.",
    ),
    "demo_needs_samples": (
        "サンプル以外のお客様が登録されているため、デモを作成できません。",
        "This run has customers besides the samples, so the demo is not made.",
    ),
    "demo_occupied": (
        "{code} のお客様には、すでにアカウントがあります。`zaiseki demo --remove` ですべて削除して"
        "から、もう一度実行してください。",
        "Customer {code} has accounts already. `zaiseki demo --remove` deletes them all; then run"
        " this again.",
    ),
    "demo_stuck": (
        "デモの作成が途中で止まりました：{why}。`zaiseki demo --remove` で削除してから、やり直して"
        "ください。",
        "The demo stopped half-way: {why}. Delete it with `zaiseki demo --remove`, then try again.",
    ),
    "demo_made": (
        "北陸物流株式会社に、10名のアカウントと招待・承認待ち・操作履歴を作成しました。\n"
        "  ログイン     {origin}/sign-in\n"
        "  メール       {email}\n"
        "  パスワード   {password}（全員共通。もう一度表示することはできません）\n"
        "在席確認などのメールは {mailbox} に届きます。`zaiseki demo --remove` で削除できます。",
        "The sample company has ten accounts now, with invitations, approvals and history.\n"
        "  Sign in    {origin}/sign-in\n"
        "  Address    {email}\n"
        "  Password   {password} (the same for all of them; it is not shown again)\n"
        "Mails, such as presence checks, arrive at {mailbox}. `zaiseki demo --remove` deletes it.",
    ),
    "demo_removed": (
        "{code} のアカウントを{accounts}件削除しました。操作履歴は残ります。",
        "Deleted {accounts} accounts of customer {code}; its audit log stays.",
    ),
}


def sentence(name: str, /, **values: object) -> str:
    """One sentence in the language of the terminal, with its values."""
    return say(*SENTENCES[name]).format(**values)
