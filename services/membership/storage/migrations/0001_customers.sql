-- before
-- The vendor's master of customers. The row is also the lock of its seats: whoever takes or frees
-- one, or decides by their number, locks the row first (`for no key update`).
create table customers (
    id uuid primary key,
    code text not null,
    code_key text not null unique,
    name text not null,
    name_kana text not null default '',
    kind text not null check (kind in ('corporation', 'institution', 'sole_proprietor')),
    phone text not null check (phone ~ '^[0-9]{10,11}$'),
    seat_limit integer not null default 10 check (seat_limit between 1 and 10000),
    version integer not null default 1,
    created_at timestamptz not null default clock_now(),
    updated_at timestamptz not null default clock_now()
);

-- Whose address is of one of these domains belongs to the customer (R3). Two customers may share
-- one: branches of a group, for example.
create table customer_domains (
    customer_id uuid not null references customers on delete cascade,
    domain text not null,
    primary key (customer_id, domain)
);
create index customer_domains_domain on customer_domains (domain);
