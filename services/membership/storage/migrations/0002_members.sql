-- before
-- One person's account inside a customer. `version` goes to auth with the whole state, and
-- `confirmed_version` is the latest that auth has; `state_version` is the one that made the state.
create table members (
    id uuid primary key,
    customer_id uuid not null references customers,
    email text not null,
    email_key text not null,
    family_name text not null,
    given_name text not null,
    family_name_kana text not null default '',
    given_name_kana text not null default '',
    phone text not null,
    role text not null check (role in ('owner', 'admin', 'staff')),
    state text not null default 'active' check (state in ('active', 'suspended', 'closed')),
    locale text not null check (locale in ('ja', 'en')),
    version integer not null default 1,
    state_version integer not null default 1,
    confirmed_version integer not null default 0,
    first_password_sha256 bytea not null,
    first_password_expires_at timestamptz not null,
    password_set_at timestamptz,
    last_used_at timestamptz,
    -- Standing of presence checks: misses are those since the last pass, so that outcomes may come
    -- in any order.
    presence_passed_at timestamptz,
    presence_missed_at timestamptz[] not null default '{}',
    created_at timestamptz not null default clock_now()
);

-- R4: the same address never has two accounts, whatever runs at the same time.
create unique index members_email_key on members (email_key) where state <> 'closed';
create index members_customer on members (customer_id, id) where state <> 'closed';
