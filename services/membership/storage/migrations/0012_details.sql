-- before
-- Department and job title of a member (B15), also as entered in a registration or an invitation.
-- An invitation may have the name and the reading of the invited person too, for the page on which
-- it is accepted.
alter table members
    add column department text not null default '',
    add column job_title text not null default '',
    add check ((state = 'closed') <= (department = '' and job_title = ''));
alter table registrations
    add column department text not null default '',
    add column job_title text not null default '';
alter table invitations
    add column family_name text not null default '',
    add column given_name text not null default '',
    add column family_name_kana text not null default '',
    add column given_name_kana text not null default '',
    add column department text not null default '',
    add column job_title text not null default '';
