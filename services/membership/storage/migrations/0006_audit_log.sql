-- before
-- Who did what to whom, when, from where and why: ids and codes only, never a name, so that an
-- erasure breaks no chain. Each customer has a chain of its own (the nil id is the vendor's): `hash`
-- covers the row and the hash before it.
create table audit_log (
    customer_id uuid not null,
    number bigint not null check (number > 0),
    id uuid not null unique,
    at timestamptz not null,
    source text not null,
    subject text not null,
    action text not null,
    actor_id uuid,
    target_id uuid,
    reason text not null default '',
    network text not null default '',
    browser text not null default '',
    request_id text not null default '',
    hash bytea not null,
    primary key (customer_id, number)
);
create index audit_log_target on audit_log (target_id, id);
create index audit_log_actor on audit_log (actor_id, id);

-- The end of each chain; its row is the lock under which the chain grows.
create table audit_heads (
    customer_id uuid primary key,
    number bigint not null,
    hash bytea not null
);

-- Nobody changes what stands in the log: the service's role may not even where it owns the table.
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_log_is_append_only before update or delete on audit_log
    for each statement execute function refuse_change();
create trigger audit_log_is_not_emptied before truncate on audit_log
    for each statement execute function refuse_change();
do $$
declare grantee name;
begin
    for grantee in select distinct g.grantee::regrole::name
        from pg_class, aclexplode(relacl) as g
        where oid = 'audit_log'::regclass and g.grantee <> 0 and g.grantee <> relowner
    loop
        execute format('revoke update, delete, truncate on audit_log from %I', grantee);
    end loop;
end
$$;
