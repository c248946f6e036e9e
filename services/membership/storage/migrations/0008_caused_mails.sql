-- before
-- Mails that somebody else causes, for the budgets of whoever reads them and of the company that
-- causes them. `mailbox` is a keyed hash (letter case, width and the plus part make no difference),
-- `network` too; `subject_id` is the registration, invitation or change that the mail is about.
-- Without `sent_at` a mail waits until its budget has room.
create table caused_mails (
    id uuid primary key,
    mailbox bytea not null,
    cause text not null check (cause in ('stranger', 'member')),
    kind text not null check (kind in (
        'registration', 'registration_known', 'invitation', 'move', 'email_change'
    )),
    subject_id uuid not null,
    customer_id uuid references customers,
    network bytea,
    asked_at timestamptz not null default clock_now(),
    sent_at timestamptz,
    check ((cause = 'member') = (customer_id is not null)),
    check ((cause = 'stranger') = (network is not null))
);
create index caused_mails_mailbox on caused_mails (mailbox, cause, sent_at);
create index caused_mails_customer on caused_mails (customer_id, sent_at)
    where customer_id is not null;
create index caused_mails_waiting on caused_mails (cause, id) where sent_at is null;
create index caused_mails_sent_at on caused_mails (sent_at);

-- A registration whose mail waits has no link yet. `mailbox` and `network` are kept for the caps of
-- R1 until it is decided.
alter table registrations
    alter column token_sha256 drop not null,
    drop constraint registrations_state_check,
    add constraint registrations_state_check check (state in (
        'unsent', 'unconfirmed', 'waiting', 'approved', 'rejected', 'ended', 'dropped', 'lapsed'
    )),
    add check ((state = 'unsent') <= (token_sha256 is null)),
    add column mailbox bytea,
    add column network bytea;
