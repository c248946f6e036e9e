-- before
-- The edition of the rules and tables by which `searched` was made. Those of another one are made
-- anew, a page at a time (`search_anew`).
alter table members add column searched_edition text not null default '';
create index members_searched_edition on members (searched_edition, id) where state <> 'closed';
