-- before
-- The vendor can raise a customer's limit until a date; then its own limit holds again (B3).
alter table customers
    add column raised_limit integer check (raised_limit between 1 and 10000),
    add column raised_until timestamptz,
    add check ((raised_limit is null) = (raised_until is null));
create index customers_raised_until on customers (raised_until) where raised_until is not null;

-- The ledger of seats: one row for each movement, written under the customer's lock (R5, B3). The
-- sum of `change` is accounts plus open invitations at every moment; `seat_limit` is the limit that
-- held from then on, where the movement is one of the limit.
create table seat_movements (
    id uuid primary key,
    customer_id uuid not null references customers,
    at timestamptz not null default clock_now(),
    kind text not null check (kind in (
        'held', 'taken', 'freed', 'withdrawn', 'lapsed', 'limit_set', 'limit_raised', 'raise_lapsed'
    )),
    change integer not null check (change between -1 and 1),
    subject_id uuid,
    actor_id uuid,
    seat_limit integer,
    until timestamptz,
    told_at timestamptz, -- since when both sides know what a change of the limit means for them
    check ((kind in ('limit_set', 'limit_raised', 'raise_lapsed')) = (seat_limit is not null)),
    check ((seat_limit is not null) = (subject_id is null))
);
create index seat_movements_customer on seat_movements (customer_id, id);
create index seat_movements_untold on seat_movements (id)
    where seat_limit is not null and told_at is null;
insert into seat_movements (id, customer_id, at, kind, change, subject_id)
    select id, customer_id, created_at, 'taken', 1, id from members where state <> 'closed';
