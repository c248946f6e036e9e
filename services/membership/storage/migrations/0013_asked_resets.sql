-- before
-- Mails for a password reset for which an owner or admin asked (B17).
alter table caused_mails
    drop constraint caused_mails_kind_check,
    add constraint caused_mails_kind_check check (kind in (
        'registration', 'registration_known', 'invitation', 'move', 'email_change', 'password_reset'
    ));
