-- before
-- Messages to send: written with the change that they tell of, done when their reader says so.
create table outbox (
    id uuid primary key,
    queue text not null,
    name text not null,
    subject uuid,
    version bigint,
    payload text,
    request_id text not null,
    created_at timestamptz not null default now(),
    due_at timestamptz not null default now(),
    attempt integer not null default 0,
    failures integer not null default 0,
    failed_attempt integer not null default 0,
    failure text,
    confirmed_at timestamptz,
    parked_at timestamptz,
    check (payload is not null or confirmed_at is not null)
);
create index outbox_due on outbox (queue, due_at) where confirmed_at is null and parked_at is null;
create index outbox_parked on outbox (parked_at) where parked_at is not null;
create index outbox_confirmed on outbox (confirmed_at) where confirmed_at is not null;

-- Messages received: an id that stands here has had its effect.
create table inbox (
    id uuid primary key,
    received_at timestamptz not null default now()
);
create index inbox_received_at on inbox (received_at);
