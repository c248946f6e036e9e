-- before
-- What owners and admins do with accounts. `changed_version` is the version that made the latest
-- change of role or address; `searched` is what a search looks through, in one spelling; a member
-- who is `welcomed` was approved, and gets the first password by mail once auth has the account.
alter table members
    add column changed_version integer not null default 0,
    add column searched text not null default '',
    add column welcomed boolean not null default false,
    add column closed_at timestamptz,
    add column successor_id uuid references members,
    add column suspended_at timestamptz,
    add column suspended_by uuid,
    add column suspension_reason text
        check (suspension_reason in ('left', 'on_leave', 'misuse', 'lost_device', 'other')),
    add column suspension_until timestamptz,
    add column suspension_reminded_at timestamptz,
    -- The three texts of a suspension card (B2): for the member, for the company, for the vendor.
    add column note_for_member text not null default '',
    add column note_for_company text not null default '',
    add column note_for_vendor text not null default '',
    add check ((state = 'suspended') = (suspended_at is not null)),
    add check ((suspended_at is null) = (suspension_reason is null)),
    add check ((state = 'closed') <= (family_name = '' and email = '' and phone = ''));
create index members_suspension_until on members (suspension_until)
    where state = 'suspended' and suspension_reminded_at is null;
update members set searched =
    lower(normalize(family_name || given_name || ' ' || family_name_kana || given_name_kana, nfkc))
    || ' ' || lower(email);

-- An invitation holds a seat while it is open or waits (R5). Accepted, it is the member of the same
-- id. One that `replaces` an account takes over its seat, role and history (R7), and holds none.
create table invitations (
    id uuid primary key,
    customer_id uuid not null references customers,
    batch_id uuid not null,
    email text not null,
    email_key text not null,
    role text not null check (role in ('owner', 'admin', 'staff')),
    locale text not null check (locale in ('ja', 'en')),
    state text not null default 'open'
        check (state in ('open', 'waiting', 'accepted', 'withdrawn', 'lapsed')),
    replaces uuid references members,
    token_sha256 bytea not null unique,
    invited_by uuid references members,
    created_at timestamptz not null default clock_now(),
    sent_at timestamptz not null default clock_now(),
    expires_at timestamptz not null,
    ended_at timestamptz,
    check ((state in ('open', 'waiting')) = (ended_at is null))
);
create unique index invitations_address on invitations (customer_id, email_key)
    where state in ('open', 'waiting');
create unique index invitations_replaces on invitations (replaces) where state in ('open', 'waiting');
create index invitations_of_customer on invitations (customer_id, id);
create index invitations_batch on invitations (batch_id);
create index invitations_open on invitations (expires_at) where state = 'open';
create index invitations_ended_at on invitations (ended_at) where ended_at is not null;

-- Registrations that wait: for how long, from which invitation, and who decided how.
alter table registrations
    drop constraint registrations_state_check,
    add constraint registrations_state_check check (state in (
        'unconfirmed', 'waiting', 'approved', 'rejected', 'ended', 'dropped', 'lapsed'
    )),
    add column invitation_id uuid references invitations,
    add column decided_at timestamptz;
create index registrations_confirmed_at on registrations (confirmed_at) where state = 'waiting';
create index registrations_decided_at on registrations (decided_at) where decided_at is not null;
create index registrations_invitation on registrations (invitation_id)
    where invitation_id is not null;

-- A change of address (R10): confirmed at the new one, and where that is a personal one permitted by
-- an owner or admin. Only one of a member is on the way.
create table email_changes (
    id uuid primary key,
    member_id uuid not null references members,
    email text not null,
    email_key text not null,
    token_sha256 bytea not null unique,
    state text not null default 'unconfirmed'
        check (state in ('unconfirmed', 'waiting', 'done', 'rejected', 'ended', 'lapsed')),
    waits_for text check (waits_for in ('approver', 'operator')),
    reasons text[] not null default '{}',
    created_at timestamptz not null default clock_now(),
    expires_at timestamptz not null,
    confirmed_at timestamptz,
    decided_at timestamptz,
    check ((state = 'waiting') <= (waits_for is not null and confirmed_at is not null))
);
create unique index email_changes_of_member on email_changes (member_id)
    where state in ('unconfirmed', 'waiting');
create index email_changes_waiting on email_changes (confirmed_at) where state = 'waiting';
create index email_changes_expires_at on email_changes (expires_at) where state <> 'waiting';

-- When whoever decides was last told of what waits; the nil id stands for the vendor.
create table approval_digests (
    customer_id uuid primary key,
    sent_at timestamptz not null
);
