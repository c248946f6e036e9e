-- before
-- An account is what membership last said of a member, with the credentials that auth adds.
create table accounts (
    member_id uuid primary key,
    version bigint not null,
    state text not null check (state in ('active', 'suspended')),
    customer_id uuid not null,
    customer_code text not null,
    customer_name text not null,
    email text not null,
    email_key text not null unique,
    name text not null,
    role text not null check (role in ('owner', 'admin', 'staff')),
    locale text not null check (locale in ('ja', 'en')),
    suspension text,
    first_password_sha256 bytea unique,
    first_password_expires_at timestamptz,
    password_hash text,
    password_set_at timestamptz,
    must_reset boolean not null default false,
    presence_due_at timestamptz,
    checks_failed_in_a_row integer not null default 0,
    created_at timestamptz not null default clock_now(),
    check ((state = 'suspended') = (suspension is not null)),
    check ((first_password_sha256 is null) = (first_password_expires_at is null))
);
create index accounts_customer_id on accounts (customer_id);

-- Tombstones: whatever comes later for these ids is ignored.
create table closed_accounts (
    member_id uuid primary key,
    version bigint not null,
    closed_at timestamptz not null default clock_now()
);

create table sessions (
    id uuid primary key,
    member_id uuid not null references accounts on delete cascade,
    token_sha256 bytea not null unique,
    stage text not null check (stage in ('second_factor', 'enrol', 'presence', 'active')),
    browser text not null,
    network text not null,
    created_at timestamptz not null default clock_now(),
    authenticated_at timestamptz not null default clock_now(),
    last_used_at timestamptz not null default clock_now(),
    reported_at timestamptz,
    expires_at timestamptz not null,
    ended_at timestamptz,
    end_reason text,
    check ((ended_at is null) = (end_reason is null))
);
create index sessions_member_id on sessions (member_id) where ended_at is null;
create index sessions_last_used_at on sessions (last_used_at) where ended_at is null;

-- Browsers that have signed in fully once: each has a counter of wrong passwords of its own.
create table devices (
    id uuid primary key,
    member_id uuid not null references accounts on delete cascade,
    token_sha256 bytea not null,
    created_at timestamptz not null default clock_now(),
    last_used_at timestamptz not null default clock_now(),
    expires_at timestamptz not null,
    unique (token_sha256, member_id)
);
create index devices_member_id on devices (member_id);

create table password_reset_links (
    id uuid primary key,
    member_id uuid not null references accounts on delete cascade,
    token_sha256 bytea not null unique,
    created_at timestamptz not null default clock_now(),
    expires_at timestamptz not null,
    ended_at timestamptz
);
create index password_reset_links_member_id on password_reset_links (member_id, created_at);

-- Wrong passwords in a row, by a keyed hash of the address, known or not; `device_id` is nil for
-- all browsers together that never passed for it.
create table failures (
    address_hmac bytea not null,
    device_id uuid not null,
    wrong integer not null,
    last_wrong_at timestamptz not null,
    primary key (address_hmac, device_id)
);
create index failures_last_wrong_at on failures (last_wrong_at);
