-- before
-- Wrong answers to presence checks are counted per member; a check knows whether its browser passed
-- before; a reset, and the first sign-in after it, have a time.
alter table accounts
    add column wrong_answers integer not null default 0,
    add column reset_at timestamptz,
    add column first_sign_in_until timestamptz;
alter table presence_checks add column known_browser boolean not null default false;
