-- before
-- Requests that created something, by who asked, where, and the key that they sent (24 hours).
create table idempotency_keys (
    caller text not null,
    route text not null,
    key text not null,
    body_sha256 bytea not null,
    made uuid,
    created_at timestamptz not null default now(),
    primary key (caller, route, key)
);
create index idempotency_keys_created_at on idempotency_keys (created_at);
