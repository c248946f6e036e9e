-- before
-- The ledger of presence checks. It has no names and no secrets, and outlives accounts.
create table presence_checks (
    id uuid primary key,
    member_id uuid not null,
    customer_id uuid not null,
    session_id uuid not null,
    mode text not null check (mode in ('enforced', 'shadow')),
    reason text not null,
    policy text not null,
    key_id text not null,
    browser text not null,
    state text not null check (state in ('pending', 'passed', 'denied', 'missed', 'cancelled')),
    method text check (method in ('code', 'link', 'vouched', 'passkey', 'totp')),
    wrong integer not null default 0,
    created_at timestamptz not null default clock_now(),
    expires_at timestamptz,
    confirmed_at timestamptz,
    ended_at timestamptz,
    check ((state = 'pending') = (ended_at is null)),
    check (state <> 'passed' or method is not null)
);
create index presence_checks_member_id on presence_checks (member_id, created_at);
create index presence_checks_pending on presence_checks (created_at) where state = 'pending';
create unique index presence_checks_session on presence_checks (session_id)
    where state = 'pending';

create table presence_mails (
    id uuid primary key,
    check_id uuid not null references presence_checks on delete cascade,
    member_id uuid not null,
    sent_at timestamptz not null default clock_now()
);
create index presence_mails_member_id on presence_mails (member_id, sent_at);
create index presence_mails_check_id on presence_mails (check_id);
