-- before
-- Of whom every trace is to go: what was sent is emptied at once, what is still to go when it is over.
create table forgotten (
    subject_id uuid primary key,
    forgotten_at timestamptz not null default clock_now()
);
