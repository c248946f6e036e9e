-- What membership 0.1.0 kept of a customer with three members, of whom auth knows two.
insert into customers (id, code, code_key, name, name_kana, kind, phone) values
    ('01932000-0000-7000-8000-00000000000c', 'F-1', 'F-1', '株式会社最初',
     'カブシキガイシャサイショ', 'corporation', '0300000001');
insert into customer_domains (customer_id, domain) values
    ('01932000-0000-7000-8000-00000000000c', 'first.example');
insert into members (
    id, customer_id, email, email_key, family_name, given_name, family_name_kana, given_name_kana,
    phone, role, locale, confirmed_version, first_password_sha256, first_password_expires_at,
    password_set_at, last_used_at, presence_passed_at
) values
    ('01932000-0000-7000-8000-000000000001', '01932000-0000-7000-8000-00000000000c',
     'hanako@first.example', 'hanako@first.example', '髙橋', '花子', 'タカハシ', 'ハナコ',
     '09000000001', 'owner', 'ja', 1, sha256('hanako-first'), now() + interval '6 days',
     now() - interval '1 day', now(), now()),
    ('01932000-0000-7000-8000-000000000002', '01932000-0000-7000-8000-00000000000c',
     'taro@first.example', 'taro@first.example', '山田', '太郎', 'ヤマダ', 'タロウ',
     '09000000002', 'staff', 'ja', 1, sha256('taro-first'), now() + interval '6 days',
     now() - interval '1 day', null, null),
    ('01932000-0000-7000-8000-000000000003', '01932000-0000-7000-8000-00000000000c',
     'jiro@first.example', 'jiro@first.example', '佐藤', '次郎', '', '',
     '09000000003', 'staff', 'en', 0, :first_password_sha256, now() + interval '6 days',
     null, null, null);
insert into registrations (
    id, token_sha256, state, customer_code, customer_phone, family_name, given_name,
    family_name_kana, given_name_kana, email, email_key, phone, locale, expires_at, confirmed_at,
    customer_id, waits_for, reasons
) values
    ('01932000-0000-7000-8000-000000000004', :registration_sha256, 'unconfirmed', 'F-1',
     '0300000001', '鈴木', '四郎', 'スズキ', 'シロウ', 'shiro@first.example',
     'shiro@first.example', '09000000004', 'ja', now() + interval '20 hours', null, null, null,
     '{}'),
    ('01932000-0000-7000-8000-000000000005', sha256('waiting'), 'waiting', 'F-1', '0300000001',
     '田中', '五郎', '', '', 'goro@elsewhere.example', 'goro@elsewhere.example', '09000000005',
     'ja', now() + interval '20 hours', now() - interval '1 hour',
     '01932000-0000-7000-8000-00000000000c', 'approver', '{foreign_domain}');

insert into outbox (id, queue, name, subject, version, payload, request_id) values
    (uuidv7(), 'auth.now', 'auth.sync_account', '01932000-0000-7000-8000-000000000003', 1,
     :sync_account, 'first-3'),
    (uuidv7(), 'notifier', 'notifier.send_mail', null, null, :send_mail, 'first-4');
insert into inbox (id) values (:repeated_id);
insert into idempotency_keys (caller, route, key, body_sha256, made) values
    ('anonymous', 'POST /registrations', 'first', sha256('{}'),
     '01932000-0000-7000-8000-000000000004');
