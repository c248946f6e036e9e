-- before
-- The format of the state in which auth was told of a member last. Those of an older one are told
-- anew, a page at a time (`tell_older_accounts`).
alter table members add column told_format integer not null default 1;
create index members_told_format on members (told_format, id) where state <> 'closed';
