-- before
-- One row per mail, its id that of the message that asked for it. What the mail says stays sealed;
-- the sealed form goes when its contents expire.
create table mails (
    id uuid primary key,
    template text not null,
    subject_id uuid not null,
    customer_id uuid,
    to_address text not null,
    locale text not null check (locale in ('ja', 'en')),
    state text not null check (
        state in ('queued', 'sending', 'accepted', 'refused', 'expired', 'key_missing')
    ),
    key_id text not null,
    sealed_params text,
    request_id text not null,
    created_at timestamptz not null default clock_now(),
    expires_at timestamptz not null,
    -- Leases and pauses keep to the wall clock, as in the outbox.
    due_at timestamptz not null default now(),
    attempt integer not null default 0,
    first_attempt_at timestamptz,
    settled_at timestamptz,
    code integer,
    answer text,
    check (sealed_params is not null or state in ('accepted', 'refused', 'expired'))
);
create index mails_pending on mails (expires_at) where state in ('queued', 'sending');
create index mails_key_missing on mails (key_id) where state = 'key_missing';
create index mails_sealed on mails (expires_at) where sealed_params is not null;
create index mails_subject on mails (subject_id, created_at);
create index mails_created_at on mails (created_at);

-- One row per attempt, written before it begins; without an outcome it was cut short.
create table attempts (
    mail_id uuid not null references mails on delete cascade,
    attempt integer not null,
    started_at timestamptz not null default clock_now(),
    ended_at timestamptz,
    outcome text check (
        outcome in (
            'accepted', 'permanent', 'temporary', 'unreachable', 'unknown', 'key_missing'
        )
    ),
    code integer,
    answer text,
    primary key (mail_id, attempt)
);
