-- What notifier 0.1.0 kept: a mail that went out, and one whose second attempt is due.
insert into mails (
    id, template, subject_id, customer_id, to_address, locale, state, key_id, sealed_params,
    request_id, expires_at, attempt, first_attempt_at, settled_at, code, answer
) values
    ('01932000-0000-7000-8000-0000000000c1', 'registration_known',
     '01932000-0000-7000-8000-000000000002', null, 'taro@first.example', 'ja', 'accepted',
     '0123456789abcdef', null, 'first-5', now(), 1, now(), now(), 250, 'queued'),
    (:mail_id, 'password_changed', '01932000-0000-7000-8000-000000000001',
     '01932000-0000-7000-8000-00000000000c', 'hanako@first.example', 'ja', 'queued', :key_id,
     :sealed, 'first-6', now() + interval '1 day', 1, now(), null, 450, 'try again later');
insert into attempts (mail_id, attempt, ended_at, outcome, code, answer) values
    ('01932000-0000-7000-8000-0000000000c1', 1, now(), 'accepted', 250, 'queued'),
    (:mail_id, 1, now(), 'temporary', 450, 'try again later');
insert into outbox (id, queue, name, payload, request_id, confirmed_at) values
    (uuidv7(), 'membership', 'membership.record_delivery', null, 'first-7', now());
insert into inbox (id) values (:mail_id);
insert into idempotency_keys (caller, route, key, body_sha256, made) values
    ('operator', 'POST /operator/deliveries', 'first', sha256('{}'), null);
