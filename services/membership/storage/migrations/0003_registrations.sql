-- before
-- What somebody entered to register. An approved one has become the member of the same id.
-- `dropped`: confirmed beyond the caps of R1, so nothing that was entered is kept.
create table registrations (
    id uuid primary key,
    token_sha256 bytea not null unique,
    state text not null default 'unconfirmed'
        check (state in ('unconfirmed', 'waiting', 'approved', 'rejected', 'ended', 'dropped')),
    customer_code text not null,
    customer_phone text not null,
    family_name text not null,
    given_name text not null,
    family_name_kana text not null,
    given_name_kana text not null,
    email text not null,
    email_key text not null,
    phone text not null,
    locale text not null check (locale in ('ja', 'en')),
    created_at timestamptz not null default clock_now(),
    expires_at timestamptz not null,
    confirmed_at timestamptz,
    -- Since its confirmation, while it waits: for whom, and why; no customer if the number is wrong.
    customer_id uuid references customers,
    waits_for text check (waits_for in ('approver', 'operator')),
    reasons text[] not null default '{}',
    check ((state = 'waiting') <= (waits_for is not null and confirmed_at is not null))
);
create index registrations_email_key on registrations (email_key);
create index registrations_waiting on registrations (customer_id) where state = 'waiting';
create index registrations_expires_at on registrations (expires_at) where state <> 'waiting';
