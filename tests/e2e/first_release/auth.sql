-- What auth 0.1.0 kept of two members. `:name` is filled in by the test: secrets stand in no file.
insert into accounts (
    member_id, version, state, customer_id, customer_code, customer_name, email, email_key, name,
    role, locale, first_password_sha256, first_password_expires_at, password_hash, password_set_at,
    presence_due_at, created_at
) values
    ('01932000-0000-7000-8000-000000000001', 1, 'active', '01932000-0000-7000-8000-00000000000c',
     'F-1', '株式会社最初', 'hanako@first.example', 'hanako@first.example', '髙橋 花子', 'owner', 'ja',
     sha256('hanako-first'), now() + interval '6 days', :password_hash, now() - interval '1 day',
     now() + interval '20 days', now() - interval '1 day'),
    ('01932000-0000-7000-8000-000000000002', 1, 'active', '01932000-0000-7000-8000-00000000000c',
     'F-1', '株式会社最初', 'taro@first.example', 'taro@first.example', '山田 太郎', 'staff', 'ja',
     sha256('taro-first'), now() + interval '6 days', :password_hash, now() - interval '1 day',
     now() + interval '20 days', now() - interval '1 day');
insert into closed_accounts (member_id, version) values ('01932000-0000-7000-8000-00000000000d', 4);
insert into sessions (
    id, member_id, token_sha256, stage, browser, network, expires_at, ended_at, end_reason
) values
    ('01932000-0000-7000-8000-0000000000a1', '01932000-0000-7000-8000-000000000001',
     :session_sha256, 'active', 'Chrome (Windows)', '127.0.0.1', now() + interval '12 hours', null,
     null),
    ('01932000-0000-7000-8000-0000000000a2', '01932000-0000-7000-8000-000000000002',
     sha256('held'), 'presence', 'Firefox (Linux)', '127.0.0.1', now() + interval '12 hours', null,
     null),
    ('01932000-0000-7000-8000-0000000000a3', '01932000-0000-7000-8000-000000000002',
     sha256('ended'), 'active', 'Firefox (Linux)', '127.0.0.1', now() + interval '12 hours', now(),
     'signed_out');
insert into devices (id, member_id, token_sha256, expires_at) values
    ('01932000-0000-7000-8000-0000000000d1', '01932000-0000-7000-8000-000000000001',
     sha256('device'), now() + interval '1 year');
insert into password_reset_links (id, member_id, token_sha256, expires_at) values
    ('01932000-0000-7000-8000-0000000000b1', '01932000-0000-7000-8000-000000000002',
     :reset_sha256, now() + interval '25 minutes');
insert into failures (address_hmac, device_id, wrong, last_wrong_at) values
    (sha256('an address'), '00000000-0000-0000-0000-000000000000', 3, now());
insert into presence_checks (
    id, member_id, customer_id, session_id, mode, reason, policy, key_id, browser, state, method,
    wrong, expires_at, ended_at
) values
    ('01932000-0000-7000-8000-0000000000e1', '01932000-0000-7000-8000-000000000001',
     '01932000-0000-7000-8000-00000000000c', '01932000-0000-7000-8000-0000000000a1', 'enforced',
     'due', 'v1 43200/604800/2592000', '0123456789abcdef', 'Chrome (Windows)', 'passed', 'code', 1,
     now(), now()),
    ('01932000-0000-7000-8000-0000000000e2', '01932000-0000-7000-8000-000000000002',
     '01932000-0000-7000-8000-00000000000c', '01932000-0000-7000-8000-0000000000a2', 'enforced',
     'due', 'v1 43200/604800/2592000', '0123456789abcdef', 'Firefox (Linux)', 'pending', null, 2,
     now() + interval '8 minutes', null);
insert into presence_mails (id, check_id, member_id) values
    ('01932000-0000-7000-8000-0000000000f1', '01932000-0000-7000-8000-0000000000e2',
     '01932000-0000-7000-8000-000000000002');

-- One message of which membership has had the effect and auth no receipt, and one that is new.
insert into outbox (id, queue, name, payload, request_id) values
    (:repeated_id, 'membership', 'membership.record_activity',
     '{"items":[{"member_id":"01932000-0000-7000-8000-000000000001","at":"2026-11-24T06:00:00Z","kind":"presence_missed"}]}',
     'first-1'),
    (uuidv7(), 'membership', 'membership.record_activity',
     '{"items":[{"member_id":"01932000-0000-7000-8000-000000000002","at":"2026-11-24T06:30:00Z","kind":"used"}]}',
     'first-2');
insert into inbox (id) values (uuidv7());
insert into idempotency_keys (caller, route, key, body_sha256, made) values
    ('anonymous', 'POST /password-reset', 'first', sha256('{}'), null);
