-- before
-- What an attempt came to, by what it means for the mail. `permanent` and `temporary` are of the
-- release before. An attempt is `unknown` from the moment its contents go out until their answer
-- comes; a mail that was `unknown` too often stays so.
alter table mails drop constraint mails_state_check;
alter table mails add constraint mails_state_check check (
    state in ('queued', 'sending', 'accepted', 'refused', 'expired', 'key_missing', 'unknown')
);
alter table mails drop constraint mails_check;
alter table mails add constraint mails_sealed_check check (
    sealed_params is not null or state in ('accepted', 'refused', 'expired', 'unknown')
);
alter table attempts drop constraint attempts_outcome_check;
alter table attempts add constraint attempts_outcome_check check (
    outcome in (
        'accepted', 'gone', 'full', 'later', 'ours', 'unsendable', 'unreachable', 'unknown',
        'key_missing', 'permanent', 'temporary'
    )
);
