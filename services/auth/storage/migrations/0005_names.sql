-- before
-- Parts of the name and readings, so that no password is made of them. Empty until membership says
-- them; then they go with the account.
alter table accounts
    add column family_name text not null default '',
    add column given_name text not null default '',
    add column reading text not null default '',
    add column customer_reading text not null default '';
