-- before
-- The short names by which the vendor's staff say who acts at the command line. Audit logs keep the
-- id alone; operators' accounts will take these ids over.
create table handles (
    id uuid primary key,
    handle text not null unique check (handle ~ '^[a-z0-9][a-z0-9._-]{0,31}$'),
    created_at timestamptz not null
);
