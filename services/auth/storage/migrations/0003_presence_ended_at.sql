-- before
-- Checks are kept for long, and those that were kept long enough are looked for every minute.
create index presence_checks_ended_at on presence_checks (ended_at) where ended_at is not null;
