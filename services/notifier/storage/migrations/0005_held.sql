-- before
-- After a restore the database does not know which of its mails went out since the backup: they are
-- `held` until an operator lets them go. `held_before` is for mails that only outboxes have yet: those
-- whose ids, which carry the time (RFC 9562), come before it are held as they arrive.
alter table mails add column held boolean not null default false;
create index mails_held on mails (id) where held;
create table mail_hold (
    only_row boolean primary key default true check (only_row),
    held_before uuid not null
);
