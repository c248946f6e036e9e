-- before
-- The session in which a member asked for a change of address, an invitation or a move, and when the
-- member was last authenticated in it: both end with the trust in that session. Null for what the
-- vendor asked for, and for rows that are older than this migration.
alter table email_changes
    add column session_id uuid,
    add column session_at timestamptz,
    -- The link in the notice to the present address, which stops the change.
    add column stop_token_sha256 bytea unique;
alter table invitations
    add column session_id uuid,
    add column session_at timestamptz,
    -- Of a move only: the link in the notice to the present address, which stops it.
    add column stop_token_sha256 bytea unique;
create index invitations_invited_by on invitations (invited_by) where state in ('open', 'waiting');

-- When the trust in a member's sessions ended last, and which session it spared.
alter table members
    add column distrusted_at timestamptz,
    add column spared_session_id uuid;
