export interface paths {
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The public keys (RFC 7517) */
        get: operations["identity_jwks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's data in auth */
        get: operations["export_take"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The service's dependencies, and the messages that wait in its outbox and queues */
        get: operations["operators_show_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change the caller's password; all other sessions end */
        put: operations["password_change"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Request a reset; the response is the same for every address */
        post: operations["password_request_reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password-reset/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set a password, also the first one, by the token of a link */
        post: operations["password_complete_reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password-reset/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show whose password a mailed link sets, without changing anything */
        post: operations["password_preview_reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/presence-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The state of the check that holds this session */
        get: operations["presence_check_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/presence-check/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer with the code, or continue after a confirmation */
        post: operations["presence_check_submit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/presence-check/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 「在席しています」 */
        post: operations["presence_check_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/presence-check/deny": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 「心当たりがありません」; 200 if there was nothing left to end */
        post: operations["presence_check_deny"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/presence-check/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The sign-in that the link belongs to */
        post: operations["presence_check_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/presence-check/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send the mail again */
        post: operations["presence_check_resend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in here. Asking does not keep the session alive */
        get: operations["session_show"];
        put?: never;
        post?: never;
        /** Sign out, at any stage of the session */
        delete: operations["session_sign_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/step-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the sign-in fresh again */
        post: operations["sign_in_step_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's sessions */
        get: operations["session_list_own"];
        put?: never;
        post?: never;
        /** End all of the caller's sessions except this one */
        delete: operations["session_end_others"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of the caller's sessions */
        delete: operations["session_end_own"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with address and password */
        post: operations["sign_in_start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Accepted
         * @description The request is accepted; the result is sent by mail only.
         */
        Accepted: {
            /** @constant */
            status: "accepted";
        };
        /**
         * AccountExport
         * @description The account.
         */
        AccountExport: {
            /** @example A-1001 */
            customer_code: string;
            /** @example 株式会社ヤマト商事 */
            customer_name: string;
            /** @example ヤマトショウジ */
            customer_reading: string;
            /** @example taro.yamada@yamato-shoji.example */
            email: string;
            /** @example 山田 */
            family_name: string;
            /** @example 太郎 */
            given_name: string;
            /** @enum {string} */
            locale: "ja" | "en";
            /** Format: uuid */
            member_id: string;
            /** @example 山田 太郎 */
            name: string;
            password_set_at: string | null;
            /** @example ヤマダ タロウ */
            reading: string;
            /** @enum {string} */
            role: "owner" | "admin" | "staff";
        };
        /**
         * AccountSuspended
         * @description The password is right, but the account is suspended; `card` has the reason (B2).
         */
        AccountSuspended: {
            card: components["schemas"]["Suspension"] | null;
            /** @constant */
            code: "account_suspended";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 401;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * AnswerBody
         * @description The mail's code; omitted once the mail's link was confirmed.
         */
        AnswerBody: {
            code?: string | null;
        };
        /**
         * ChangeBody
         * @description The current password and the new one.
         */
        ChangeBody: {
            /** @example correct horse battery staple */
            current_password: string;
            /** @example correct horse battery staple */
            new_password: string;
        };
        /**
         * CheckEnded
         * @description This presence check has ended; it can only be denied.
         */
        CheckEnded: {
            /** @constant */
            code: "check_ended";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 409;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * CheckExport
         * @description A presence check.
         */
        CheckExport: {
            /** @example Chrome (Windows) */
            browser: string;
            /** Format: date-time */
            created_at: string;
            ended_at: string | null;
            method: string | null;
            /** @example passed */
            state: string;
        };
        /**
         * CheckNotMailed
         * @description No mail of this check was sent yet, so it cannot be answered; one may be sent after
         *     `retry_after`.
         */
        CheckNotMailed: {
            /** @constant */
            code: "check_not_mailed";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 409;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * ChecksPending
         * @description Three presence checks are pending in known browsers; a new browser cannot end them.
         */
        ChecksPending: {
            /** @constant */
            code: "checks_pending";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 429;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * CompleteBody
         * @description The token of a link, and the password to be set.
         */
        CompleteBody: {
            /** @example correct horse battery staple */
            password: string;
            /** @example q8VnE5wKzL2cXbM7RtY1uHsJ4dFgA6pNoQiWxZvBkTm */
            token: string;
        };
        /**
         * ConfirmBody
         * @description The token of the mail's link, and the number that the waiting page shows.
         */
        ConfirmBody: {
            /** @example 42 */
            number: number;
            /** @example q8VnE5wKzL2cXbM7RtY1uHsJ4dFgA6pNoQiWxZvBkTm */
            token: string;
        };
        /**
         * ContentTooLarge
         * @description The body is larger than this service takes.
         */
        ContentTooLarge: {
            /** @constant */
            code: "content_too_large";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 413;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * CrossOrigin
         * @description The request does not come from a page of this site.
         */
        CrossOrigin: {
            /** @constant */
            code: "cross_origin";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 403;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * CustomerAnswer
         * @description The customer that the member belongs to.
         */
        CustomerAnswer: {
            /** @example A-1001 */
            code: string;
            /** Format: uuid */
            id: string;
            /** @example 株式会社ヤマト商事 */
            name: string;
        };
        /**
         * DenyAnswer
         * @description The sign-in was older than the last password reset, which had ended every session.
         *
         *     It was recorded, and the company is notified; no change was needed.
         */
        DenyAnswer: {
            /** @constant */
            outcome: "recorded";
        };
        /**
         * DeviceExport
         * @description A browser that signed in fully once.
         */
        DeviceExport: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            /** Format: date-time */
            last_used_at: string;
        };
        /**
         * ExportAnswer
         * @description All of it.
         */
        ExportAnswer: {
            account: components["schemas"]["AccountExport"];
            devices: components["schemas"]["DeviceExport"][];
            presence_checks: components["schemas"]["CheckExport"][];
            sessions: components["schemas"]["SessionExport"][];
        };
        /**
         * FieldError
         * @description What is wrong with one field; `code` is stable, `limit` is the length or number it breaks.
         *
         *     `field` is a path such as `lines.0.text`, or empty where the fault is not in one field. `detail`
         *     says in the reader's language what to change; `shared.web.problem` writes it if it is empty.
         */
        FieldError: {
            code: string;
            detail?: string;
            field: string;
            limit?: number | null;
        };
        /**
         * FindingAnswer
         * @description One dependency; `seconds` is how long its answer took.
         */
        FindingAnswer: {
            error: string | null;
            /**
             * @example {
             *       "unconfirmed": 2
             *     }
             */
            facts: {
                [key: string]: number;
            };
            /** @example 0.0021 */
            seconds: number;
            /** @enum {string} */
            status: "pass" | "warn" | "fail";
        };
        /**
         * FreshSignInRequired
         * @description The sign-in is older than 10 minutes; `methods` can be used to step up.
         */
        FreshSignInRequired: {
            /** @constant */
            code: "fresh_sign_in_required";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            methods: "password"[];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 401;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * HashingBusy
         * @description Too many passwords are being checked at once; existing sessions are not affected.
         */
        HashingBusy: {
            /** @constant */
            code: "hashing_busy";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 503;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * HealthAnswer
         * @description The worst of all findings, and each by the name of its dependency.
         */
        HealthAnswer: {
            /**
             * @example {
             *       "database": {
             *         "error": null,
             *         "facts": {
             *           "unconfirmed": 2
             *         },
             *         "seconds": 0.0021,
             *         "status": "pass"
             *       }
             *     }
             */
            checks: {
                [key: string]: components["schemas"]["FindingAnswer"];
            };
            /** @enum {string} */
            status: "pass" | "warn" | "fail";
        };
        /**
         * HeldSessionAnswer
         * @description A session that is not active yet, with the stage that it waits for.
         */
        HeldSessionAnswer: {
            /** Format: uuid */
            id: string;
            /** @constant */
            next: "presence_check";
        };
        /**
         * InternalError
         * @description Our fault; the id of the request finds the log line.
         */
        InternalError: {
            /** @constant */
            code: "internal_error";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 500;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * InvalidCredentials
         * @description Address and password do not match.
         */
        InvalidCredentials: {
            /** @constant */
            code: "invalid_credentials";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 401;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * InvalidRequest
         * @description Fields of the request are missing or not acceptable; `errors` names at most 20 of them.
         */
        InvalidRequest: {
            /** @constant */
            code: "invalid_request";
            /** @example  */
            detail: string;
            /**
             * @example [
             *       {
             *         "code": "too_long",
             *         "detail": "50文字以内で入力してください。",
             *         "field": "family_name",
             *         "limit": 50
             *       }
             *     ]
             */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 422;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * KeyAnswer
         * @description A public key (RFC 8037).
         */
        KeyAnswer: {
            /** @constant */
            alg: "Ed25519";
            /** @constant */
            crv: "Ed25519";
            /** @example 21fe31dfa154a261 */
            kid: string;
            /** @constant */
            kty: "OKP";
            /** @constant */
            use: "sig";
            /** @example 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo */
            x: string;
        };
        /**
         * KeysAnswer
         * @description The public keys that identities are signed with (RFC 7517).
         */
        KeysAnswer: {
            keys: components["schemas"]["KeyAnswer"][];
        };
        /**
         * LinkInvalid
         * @description The link was used, has expired, was replaced by a newer one, or never existed.
         */
        LinkInvalid: {
            /** @constant */
            code: "link_invalid";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 422;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * MalformedBody
         * @description The body's framing is broken, or it ended too early.
         */
        MalformedBody: {
            /** @constant */
            code: "malformed_body";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 400;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * MalformedJson
         * @description The body is not a JSON object in UTF-8.
         */
        MalformedJson: {
            /** @constant */
            code: "malformed_json";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 400;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * NextAnswer
         * @description The next step of the sign-in.
         */
        NextAnswer: {
            /** @enum {string} */
            next: "done" | "presence_check" | "password_reset";
        };
        /**
         * NotConfirmed
         * @description The mailed link was not confirmed yet.
         */
        NotConfirmed: {
            /** @constant */
            code: "not_confirmed";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 409;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * PasswordRefused
         * @description The new password violates the policy; `errors` has the reasons, `min_length` the limit.
         */
        PasswordRefused: {
            /** @constant */
            code: "password_refused";
            /** @example  */
            detail: string;
            /**
             * @example [
             *       {
             *         "code": "password_too_short",
             *         "detail": "パスワードは15文字以上にしてください。",
             *         "field": "password",
             *         "limit": 15
             *       }
             *     ]
             */
            errors: components["schemas"]["FieldError"][];
            /** @example 15 */
            min_length: number;
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 422;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * PresenceDenied
         * @description The recipient of the mail denied this sign-in; every session has ended (R9).
         */
        PresenceDenied: {
            /** @constant */
            code: "presence_denied";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 401;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * PresenceFailed
         * @description Ten wrong answers to presence checks ended every session; a reset is required (R9).
         */
        PresenceFailed: {
            /** @constant */
            code: "presence_failed";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 401;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * PresenceMissed
         * @description The presence check was not answered correctly in time; this sign-in has ended (R9).
         */
        PresenceMissed: {
            /** @constant */
            code: "presence_missed";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 401;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * PreviewAnswer
         * @description The contents of the link's page.
         */
        PreviewAnswer: {
            /** @example Chrome (Windows) */
            browser: string;
            expires_at: string | null;
            /** @example 山田 太郎 */
            name: string;
            /** Format: date-time */
            requested_at: string;
            /** @enum {string} */
            state: "pending" | "passed" | "denied" | "missed" | "cancelled" | "confirmed";
        };
        /**
         * RateLimited
         * @description Too many requests of this kind; `retry_after` says how long to wait.
         */
        RateLimited: {
            /** @constant */
            code: "rate_limited";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 429;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * RequestTimeout
         * @description The body did not arrive in time.
         */
        RequestTimeout: {
            /** @constant */
            code: "request_timeout";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 408;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * ResendTooEarly
         * @description The next mail may be sent after `retry_after`.
         */
        ResendTooEarly: {
            /** @constant */
            code: "resend_too_early";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 429;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * ResetAnswer
         * @description The account whose password the link sets.
         *
         *     `first`: the account has never had a password. `email`: the user name for password managers.
         *     `min_length`: in characters.
         */
        ResetAnswer: {
            /** @example taro.yamada@yamato-shoji.example */
            email: string;
            /** Format: date-time */
            expires_at: string;
            first: boolean;
            /** @example 15 */
            min_length: number;
            /** @example 山田 太郎 */
            name: string;
        };
        /**
         * ResetBody
         * @description The address whose password was forgotten.
         */
        ResetBody: {
            /**
             * @description As typed; an invalid address belongs to no account
             * @example taro.yamada@yamato-shoji.example
             */
            email: string;
        };
        /**
         * SessionAnswer
         * @description Who is signed in.
         */
        SessionAnswer: {
            /** Format: date-time */
            authenticated_at: string;
            customer: components["schemas"]["CustomerAnswer"];
            /** @example taro.yamada@yamato-shoji.example */
            email: string;
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            member_id: string;
            /** @example 山田 太郎 */
            name: string;
            /** @constant */
            next: "done";
            /** @enum {string} */
            role: "owner" | "admin" | "staff";
        };
        /**
         * SessionExport
         * @description A session.
         */
        SessionExport: {
            /** @example Chrome (Windows) */
            browser: string;
            /** Format: date-time */
            created_at: string;
            end_reason: string | null;
            ended_at: string | null;
            /** Format: date-time */
            last_used_at: string;
            /** @example 192.0.2.1 */
            network: string;
        };
        /**
         * SessionItem
         * @description One of the caller's sessions.
         */
        SessionItem: {
            /** @example Chrome (Windows) */
            browser: string;
            /** Format: date-time */
            created_at: string;
            current: boolean;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            last_used_at: string;
        };
        /**
         * SessionNotFound
         * @description The caller has no such session.
         */
        SessionNotFound: {
            /** @constant */
            code: "session_not_found";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 404;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * SessionsAnswer
         * @description The caller's sessions, latest use first.
         */
        SessionsAnswer: {
            items: components["schemas"]["SessionItem"][];
        };
        /**
         * SignInBody
         * @description Address and password, as typed.
         */
        SignInBody: {
            /**
             * @description As typed; an invalid address belongs to no account
             * @example taro.yamada@yamato-shoji.example
             */
            email: string;
            /** @example correct horse battery staple */
            password: string;
        };
        /**
         * SignInClosed
         * @description After 100 wrong passwords in a row, a known browser or a reset is required (NIST 3.2.2).
         */
        SignInClosed: {
            /** @constant */
            code: "sign_in_closed";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 429;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * SignInRequired
         * @description The caller is not signed in.
         */
        SignInRequired: {
            /** @constant */
            code: "sign_in_required";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 401;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * StepUpBody
         * @description The password, once more.
         */
        StepUpBody: {
            /** @example correct horse battery staple */
            password: string;
        };
        /**
         * Suspension
         * @description The part of a suspension card that its member may read (B2).
         */
        Suspension: {
            /** @example 貸与端末の返却待ちです */
            note: string;
            /** @enum {string} */
            reason: "left" | "on_leave" | "misuse" | "lost_device" | "other";
            /** Format: date-time */
            since: string;
            until?: string | null;
        };
        /**
         * TemporarilyUnavailable
         * @description Something that is needed cannot be reached now.
         */
        TemporarilyUnavailable: {
            /** @constant */
            code: "temporarily_unavailable";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 503;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * TokenBody
         * @description The token of a mailed link.
         */
        TokenBody: {
            /** @example q8VnE5wKzL2cXbM7RtY1uHsJ4dFgA6pNoQiWxZvBkTm */
            token: string;
        };
        /**
         * TooManyWrongPasswords
         * @description Further attempts are delayed after wrong passwords in a row.
         */
        TooManyWrongPasswords: {
            /** @constant */
            code: "too_many_wrong_passwords";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 429;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * UnsupportedMediaType
         * @description The body is not application/json, or it is compressed.
         */
        UnsupportedMediaType: {
            /** @constant */
            code: "unsupported_media_type";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 415;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * WaitingAnswer
         * @description The contents of the waiting page.
         */
        WaitingAnswer: {
            expires_at: string | null;
            /** @example 42 */
            number: number;
            /** Format: date-time */
            resend_at: string;
            /** @example t***@yamato-shoji.example */
            sent_to: string;
            /** @enum {string} */
            state: "pending" | "confirmed";
        };
        /**
         * WithdrawingAnswer
         * @description Done. Membership has not confirmed yet that it has withdrawn the requests of the ended
         *     sessions (changes of address, invitations, moves of accounts), but will do so.
         */
        WithdrawingAnswer: {
            /** @constant */
            status: "withdrawing";
        };
        /**
         * WrongCode
         * @description The code is not right; `left` tries are left.
         */
        WrongCode: {
            /** @constant */
            code: "wrong_code";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 4 */
            left: number;
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 422;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * WrongNumber
         * @description The number is not the one on the waiting page; `left` tries are left.
         */
        WrongNumber: {
            /** @constant */
            code: "wrong_number";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 4 */
            left: number;
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 422;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /**
         * WrongPassword
         * @description The current password is not right.
         */
        WrongPassword: {
            /** @constant */
            code: "wrong_password";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @constant */
            status: 422;
            /** @example  */
            title: string;
            /** @constant */
            type: "about:blank";
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    identity_jwks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keys": [
                     *         {
                     *           "alg": "Ed25519",
                     *           "crv": "Ed25519",
                     *           "kid": "21fe31dfa154a261",
                     *           "kty": "OKP",
                     *           "use": "sig",
                     *           "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["KeysAnswer"];
                };
            };
            /** @description Internal Server Error: internal_error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InternalError"];
                };
            };
            /** @description Service Unavailable: temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    export_take: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "account": {
                     *         "customer_code": "A-1001",
                     *         "customer_name": "株式会社ヤマト商事",
                     *         "customer_reading": "ヤマトショウジ",
                     *         "email": "taro.yamada@yamato-shoji.example",
                     *         "family_name": "山田",
                     *         "given_name": "太郎",
                     *         "locale": "ja",
                     *         "member_id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *         "name": "山田 太郎",
                     *         "password_set_at": "2026-11-24T04:05:06Z",
                     *         "reading": "ヤマダ タロウ",
                     *         "role": "owner"
                     *       },
                     *       "devices": [
                     *         {
                     *           "created_at": "2026-11-24T04:05:06Z",
                     *           "expires_at": "2026-11-24T04:05:06Z",
                     *           "last_used_at": "2026-11-24T04:05:06Z"
                     *         }
                     *       ],
                     *       "presence_checks": [
                     *         {
                     *           "browser": "Chrome (Windows)",
                     *           "created_at": "2026-11-24T04:05:06Z",
                     *           "ended_at": "2026-11-24T04:05:06Z",
                     *           "method": "code",
                     *           "state": "passed"
                     *         }
                     *       ],
                     *       "sessions": [
                     *         {
                     *           "browser": "Chrome (Windows)",
                     *           "created_at": "2026-11-24T04:05:06Z",
                     *           "end_reason": "signed_out",
                     *           "ended_at": "2026-11-24T04:05:06Z",
                     *           "last_used_at": "2026-11-24T04:05:06Z",
                     *           "network": "192.0.2.1"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ExportAnswer"];
                };
            };
            /** @description Unauthorized: fresh_sign_in_required, presence_denied, presence_failed, presence_missed, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["FreshSignInRequired"] | components["schemas"]["PresenceDenied"] | components["schemas"]["PresenceFailed"] | components["schemas"]["PresenceMissed"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Not Found: session_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["SessionNotFound"];
                };
            };
            /** @description Too Many Requests: rate_limited */
            429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RateLimited"];
                };
            };
            /** @description Internal Server Error: internal_error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InternalError"];
                };
            };
            /** @description Service Unavailable: temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    operators_show_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "checks": {
                     *         "database": {
                     *           "error": null,
                     *           "facts": {
                     *             "unconfirmed": 2
                     *           },
                     *           "seconds": 0.0021,
                     *           "status": "pass"
                     *         }
                     *       },
                     *       "status": "pass"
                     *     }
                     */
                    "application/json": components["schemas"]["HealthAnswer"];
                };
            };
            /** @description Unauthorized: sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["SignInRequired"];
                };
            };
            /** @description Internal Server Error: internal_error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InternalError"];
                };
            };
            /** @description Service Unavailable: temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    password_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "current_password": "correct horse battery staple",
                 *       "new_password": "correct horse battery staple"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "withdrawing"
                     *     }
                     */
                    "application/json": components["schemas"]["WithdrawingAnswer"];
                };
            };
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: malformed_body, malformed_json */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MalformedBody"] | components["schemas"]["MalformedJson"];
                };
            };
            /** @description Unauthorized: invalid_credentials, presence_denied, presence_failed, presence_missed, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidCredentials"] | components["schemas"]["PresenceDenied"] | components["schemas"]["PresenceFailed"] | components["schemas"]["PresenceMissed"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: cross_origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"];
                };
            };
            /** @description Not Found: session_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["SessionNotFound"];
                };
            };
            /** @description Request Timeout: request_timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RequestTimeout"];
                };
            };
            /** @description Content Too Large: content_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ContentTooLarge"];
                };
            };
            /** @description Unsupported Media Type: unsupported_media_type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["UnsupportedMediaType"];
                };
            };
            /** @description Unprocessable Content: invalid_request, password_refused, wrong_password */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidRequest"] | components["schemas"]["PasswordRefused"] | components["schemas"]["WrongPassword"];
                };
            };
            /** @description Too Many Requests: rate_limited, too_many_wrong_passwords */
            429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RateLimited"] | components["schemas"]["TooManyWrongPasswords"];
                };
            };
            /** @description Internal Server Error: internal_error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InternalError"];
                };
            };
            /** @description Service Unavailable: hashing_busy, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HashingBusy"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    password_request_reset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "taro.yamada@yamato-shoji.example"
                 *     }
                 */
                "application/json": components["schemas"]["ResetBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "accepted"
                     *     }
                     */
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description Bad Request: malformed_body, malformed_json */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MalformedBody"] | components["schemas"]["MalformedJson"];
                };
            };
            /** @description Forbidden: cross_origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"];
                };
            };
            /** @description Request Timeout: request_timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RequestTimeout"];
                };
            };
            /** @description Content Too Large: content_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ContentTooLarge"];
                };
            };
            /** @description Unsupported Media Type: unsupported_media_type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["UnsupportedMediaType"];
                };
            };
            /** @description Unprocessable Content: invalid_request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidRequest"];
                };
            };
            /** @description Internal Server Error: internal_error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InternalError"];
                };
            };
            /** @description Service Unavailable: temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    password_complete_reset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "correct horse battery staple",
                 *       "token": "q8VnE5wKzL2cXbM7RtY1uHsJ4dFgA6pNoQiWxZvBkTm"
                 *     }
                 */
                "application/json": components["schemas"]["CompleteBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "withdrawing"
                     *     }
                     */
                    "application/json": components["schemas"]["WithdrawingAnswer"];
                };
            };
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: malformed_body, malformed_json */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MalformedBody"] | components["schemas"]["MalformedJson"];
                };
            };
            /** @description Forbidden: cross_origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"];
                };
            };
            /** @description Request Timeout: request_timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RequestTimeout"];
                };
            };
            /** @description Content Too Large: content_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ContentTooLarge"];
                };
            };
            /** @description Unsupported Media Type: unsupported_media_type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["UnsupportedMediaType"];
                };
            };
            /** @description Unprocessable Content: invalid_request, link_invalid, password_refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidRequest"] | components["schemas"]["LinkInvalid"] | components["schemas"]["PasswordRefused"];
                };
            };
            /** @description Too Many Requests: rate_limited */
            429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RateLimited"];
                };
            };
            /** @description Internal Server Error: internal_error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InternalError"];
                };
            };
            /** @description Service Unavailable: hashing_busy, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HashingBusy"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    password_preview_reset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "q8VnE5wKzL2cXbM7RtY1uHsJ4dFgA6pNoQiWxZvBkTm"
                 *     }
                 */
                "application/json": components["schemas"]["TokenBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "email": "taro.yamada@yamato-shoji.example",
                     *       "expires_at": "2026-11-24T04:05:06Z",
                     *       "first": true,
                     *       "min_length": 15,
                     *       "name": "山田 太郎"
                     *     }
                     */
                    "application/json": components["schemas"]["ResetAnswer"];
                };
            };
            /** @description Bad Request: malformed_body, malformed_json */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MalformedBody"] | components["schemas"]["MalformedJson"];
                };
            };
            /** @description Forbidden: cross_origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"];
                };
            };
            /** @description Request Timeout: request_timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RequestTimeout"];
                };
            };
            /** @description Content Too Large: content_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ContentTooLarge"];
                };
            };
            /** @description Unsupported Media Type: unsupported_media_type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["UnsupportedMediaType"];
                };
            };
            /** @description Unprocessable Content: invalid_request, link_invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidRequest"] | components["schemas"]["LinkInvalid"];
                };
            };
            /** @description Too Many Requests: rate_limited */
            429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RateLimited"];
                };
            };
            /** @description Internal Server Error: internal_error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InternalError"];
                };
            };
            /** @description Service Unavailable: temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    presence_check_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "expires_at": "2026-11-24T04:05:06Z",
                     *       "number": 42,
                     *       "resend_at": "2026-11-24T04:05:06Z",
                     *       "sent_to": "t***@yamato-shoji.example",
                     *       "state": "pending"
                     *     }
                     */
                    "application/json": components["schemas"]["WaitingAnswer"];
                };
            };
            /** @description Unauthorized: presence_denied, presence_failed, presence_missed, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PresenceDenied"] | components["schemas"]["PresenceFailed"] | components["schemas"]["PresenceMissed"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Internal Server Error: internal_error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InternalError"];
                };
            };
            /** @description Service Unavailable: temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    presence_check_submit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "042195"
                 *     }
                 */
                "application/json": components["schemas"]["AnswerBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "next": "done"
                     *     }
                     */
                    "application/json": components["schemas"]["NextAnswer"];
                };
            };
            /** @description Bad Request: malformed_body, malformed_json */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MalformedBody"] | components["schemas"]["MalformedJson"];
                };
            };
            /** @description Unauthorized: presence_denied, presence_failed, presence_missed, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PresenceDenied"] | components["schemas"]["PresenceFailed"] | components["schemas"]["PresenceMissed"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: cross_origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"];
                };
            };
            /** @description Not Found: session_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["SessionNotFound"];
                };
            };
            /** @description Request Timeout: request_timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RequestTimeout"];
                };
            };
            /** @description Conflict: check_not_mailed, not_confirmed */
            409: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CheckNotMailed"] | components["schemas"]["NotConfirmed"];
                };
            };
            /** @description Content Too Large: content_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ContentTooLarge"];
                };
            };
            /** @description Unsupported Media Type: unsupported_media_type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["UnsupportedMediaType"];
                };
            };
            /** @description Unprocessable Content: invalid_request, wrong_code */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidRequest"] | components["schemas"]["WrongCode"];
                };
            };
            /** @description Too Many Requests: rate_limited */
            429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RateLimited"];
                };
            };
            /** @description Internal Server Error: internal_error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InternalError"];
                };
            };
            /** @description Service Unavailable: temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    presence_check_confirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "number": 42,
                 *       "token": "q8VnE5wKzL2cXbM7RtY1uHsJ4dFgA6pNoQiWxZvBkTm"
                 *     }
                 */
                "application/json": components["schemas"]["ConfirmBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: malformed_body, malformed_json */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MalformedBody"] | components["schemas"]["MalformedJson"];
                };
            };
            /** @description Forbidden: cross_origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"];
                };
            };
            /** @description Request Timeout: request_timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RequestTimeout"];
                };
            };
            /** @description Conflict: check_ended */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CheckEnded"];
                };
            };
            /** @description Content Too Large: content_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ContentTooLarge"];
                };
            };
            /** @description Unsupported Media Type: unsupported_media_type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["UnsupportedMediaType"];
                };
            };
            /** @description Unprocessable Content: invalid_request, link_invalid, wrong_number */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidRequest"] | components["schemas"]["LinkInvalid"] | components["schemas"]["WrongNumber"];
                };
            };
            /** @description Too Many Requests: rate_limited */
            429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RateLimited"];
                };
            };
            /** @description Internal Server Error: internal_error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InternalError"];
                };
            };
            /** @description Service Unavailable: temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    presence_check_deny: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "q8VnE5wKzL2cXbM7RtY1uHsJ4dFgA6pNoQiWxZvBkTm"
                 *     }
                 */
                "application/json": components["schemas"]["TokenBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "outcome": "recorded"
                     *     }
                     */
                    "application/json": components["schemas"]["DenyAnswer"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "withdrawing"
                     *     }
                     */
                    "application/json": components["schemas"]["WithdrawingAnswer"];
                };
            };
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: malformed_body, malformed_json */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MalformedBody"] | components["schemas"]["MalformedJson"];
                };
            };
            /** @description Forbidden: cross_origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"];
                };
            };
            /** @description Request Timeout: request_timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RequestTimeout"];
                };
            };
            /** @description Content Too Large: content_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ContentTooLarge"];
                };
            };
            /** @description Unsupported Media Type: unsupported_media_type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["UnsupportedMediaType"];
                };
            };
            /** @description Unprocessable Content: invalid_request, link_invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidRequest"] | components["schemas"]["LinkInvalid"];
                };
            };
            /** @description Too Many Requests: rate_limited */
            429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RateLimited"];
                };
            };
            /** @description Internal Server Error: internal_error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InternalError"];
                };
            };
            /** @description Service Unavailable: temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    presence_check_preview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "q8VnE5wKzL2cXbM7RtY1uHsJ4dFgA6pNoQiWxZvBkTm"
                 *     }
                 */
                "application/json": components["schemas"]["TokenBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "browser": "Chrome (Windows)",
                     *       "expires_at": "2026-11-24T04:05:06Z",
                     *       "name": "山田 太郎",
                     *       "requested_at": "2026-11-24T04:05:06Z",
                     *       "state": "pending"
                     *     }
                     */
                    "application/json": components["schemas"]["PreviewAnswer"];
                };
            };
            /** @description Bad Request: malformed_body, malformed_json */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MalformedBody"] | components["schemas"]["MalformedJson"];
                };
            };
            /** @description Forbidden: cross_origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"];
                };
            };
            /** @description Request Timeout: request_timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RequestTimeout"];
                };
            };
            /** @description Content Too Large: content_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ContentTooLarge"];
                };
            };
            /** @description Unsupported Media Type: unsupported_media_type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["UnsupportedMediaType"];
                };
            };
            /** @description Unprocessable Content: invalid_request, link_invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidRequest"] | components["schemas"]["LinkInvalid"];
                };
            };
            /** @description Too Many Requests: rate_limited */
            429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RateLimited"];
                };
            };
            /** @description Internal Server Error: internal_error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InternalError"];
                };
            };
            /** @description Service Unavailable: temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    presence_check_resend: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "expires_at": "2026-11-24T04:05:06Z",
                     *       "number": 42,
                     *       "resend_at": "2026-11-24T04:05:06Z",
                     *       "sent_to": "t***@yamato-shoji.example",
                     *       "state": "pending"
                     *     }
                     */
                    "application/json": components["schemas"]["WaitingAnswer"];
                };
            };
            /** @description Bad Request: malformed_body, malformed_json */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MalformedBody"] | components["schemas"]["MalformedJson"];
                };
            };
            /** @description Unauthorized: presence_denied, presence_failed, presence_missed, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PresenceDenied"] | components["schemas"]["PresenceFailed"] | components["schemas"]["PresenceMissed"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: cross_origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"];
                };
            };
            /** @description Request Timeout: request_timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RequestTimeout"];
                };
            };
            /** @description Content Too Large: content_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ContentTooLarge"];
                };
            };
            /** @description Unsupported Media Type: unsupported_media_type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["UnsupportedMediaType"];
                };
            };
            /** @description Unprocessable Content: invalid_request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidRequest"];
                };
            };
            /** @description Too Many Requests: rate_limited, resend_too_early */
            429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RateLimited"] | components["schemas"]["ResendTooEarly"];
                };
            };
            /** @description Internal Server Error: internal_error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InternalError"];
                };
            };
            /** @description Service Unavailable: temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    session_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "authenticated_at": "2026-11-24T04:05:06Z",
                     *       "customer": {
                     *         "code": "A-1001",
                     *         "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *         "name": "株式会社ヤマト商事"
                     *       },
                     *       "email": "taro.yamada@yamato-shoji.example",
                     *       "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *       "member_id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *       "name": "山田 太郎",
                     *       "next": "done",
                     *       "role": "owner"
                     *     }
                     */
                    "application/json": components["schemas"]["SessionAnswer"] | components["schemas"]["HeldSessionAnswer"];
                };
            };
            /** @description Unauthorized: presence_denied, presence_failed, presence_missed, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PresenceDenied"] | components["schemas"]["PresenceFailed"] | components["schemas"]["PresenceMissed"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Internal Server Error: internal_error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InternalError"];
                };
            };
            /** @description Service Unavailable: temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    session_sign_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: malformed_body, malformed_json */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MalformedBody"] | components["schemas"]["MalformedJson"];
                };
            };
            /** @description Unauthorized: presence_denied, presence_failed, presence_missed, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PresenceDenied"] | components["schemas"]["PresenceFailed"] | components["schemas"]["PresenceMissed"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: cross_origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"];
                };
            };
            /** @description Request Timeout: request_timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RequestTimeout"];
                };
            };
            /** @description Content Too Large: content_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ContentTooLarge"];
                };
            };
            /** @description Unsupported Media Type: unsupported_media_type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["UnsupportedMediaType"];
                };
            };
            /** @description Unprocessable Content: invalid_request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidRequest"];
                };
            };
            /** @description Internal Server Error: internal_error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InternalError"];
                };
            };
            /** @description Service Unavailable: temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    sign_in_step_up: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "correct horse battery staple"
                 *     }
                 */
                "application/json": components["schemas"]["StepUpBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "next": "done"
                     *     }
                     */
                    "application/json": components["schemas"]["NextAnswer"];
                };
            };
            /** @description Bad Request: malformed_body, malformed_json */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MalformedBody"] | components["schemas"]["MalformedJson"];
                };
            };
            /** @description Unauthorized: invalid_credentials, presence_denied, presence_failed, presence_missed, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidCredentials"] | components["schemas"]["PresenceDenied"] | components["schemas"]["PresenceFailed"] | components["schemas"]["PresenceMissed"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: cross_origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"];
                };
            };
            /** @description Not Found: session_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["SessionNotFound"];
                };
            };
            /** @description Request Timeout: request_timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RequestTimeout"];
                };
            };
            /** @description Content Too Large: content_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ContentTooLarge"];
                };
            };
            /** @description Unsupported Media Type: unsupported_media_type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["UnsupportedMediaType"];
                };
            };
            /** @description Unprocessable Content: invalid_request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidRequest"];
                };
            };
            /** @description Too Many Requests: rate_limited, too_many_wrong_passwords */
            429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RateLimited"] | components["schemas"]["TooManyWrongPasswords"];
                };
            };
            /** @description Internal Server Error: internal_error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InternalError"];
                };
            };
            /** @description Service Unavailable: hashing_busy, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HashingBusy"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    session_list_own: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "browser": "Chrome (Windows)",
                     *           "created_at": "2026-11-24T04:05:06Z",
                     *           "current": true,
                     *           "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *           "last_used_at": "2026-11-24T04:05:06Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SessionsAnswer"];
                };
            };
            /** @description Unauthorized: presence_denied, presence_failed, presence_missed, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PresenceDenied"] | components["schemas"]["PresenceFailed"] | components["schemas"]["PresenceMissed"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Internal Server Error: internal_error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InternalError"];
                };
            };
            /** @description Service Unavailable: temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    session_end_others: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: malformed_body, malformed_json */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MalformedBody"] | components["schemas"]["MalformedJson"];
                };
            };
            /** @description Unauthorized: presence_denied, presence_failed, presence_missed, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PresenceDenied"] | components["schemas"]["PresenceFailed"] | components["schemas"]["PresenceMissed"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: cross_origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"];
                };
            };
            /** @description Request Timeout: request_timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RequestTimeout"];
                };
            };
            /** @description Content Too Large: content_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ContentTooLarge"];
                };
            };
            /** @description Unsupported Media Type: unsupported_media_type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["UnsupportedMediaType"];
                };
            };
            /** @description Unprocessable Content: invalid_request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidRequest"];
                };
            };
            /** @description Internal Server Error: internal_error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InternalError"];
                };
            };
            /** @description Service Unavailable: temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    session_end_own: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: malformed_body, malformed_json */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MalformedBody"] | components["schemas"]["MalformedJson"];
                };
            };
            /** @description Unauthorized: presence_denied, presence_failed, presence_missed, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PresenceDenied"] | components["schemas"]["PresenceFailed"] | components["schemas"]["PresenceMissed"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: cross_origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"];
                };
            };
            /** @description Not Found: session_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["SessionNotFound"];
                };
            };
            /** @description Request Timeout: request_timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RequestTimeout"];
                };
            };
            /** @description Content Too Large: content_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ContentTooLarge"];
                };
            };
            /** @description Unsupported Media Type: unsupported_media_type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["UnsupportedMediaType"];
                };
            };
            /** @description Unprocessable Content: invalid_request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidRequest"];
                };
            };
            /** @description Internal Server Error: internal_error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InternalError"];
                };
            };
            /** @description Service Unavailable: temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    sign_in_start: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "taro.yamada@yamato-shoji.example",
                 *       "password": "correct horse battery staple"
                 *     }
                 */
                "application/json": components["schemas"]["SignInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "next": "done"
                     *     }
                     */
                    "application/json": components["schemas"]["NextAnswer"];
                };
            };
            /** @description Bad Request: malformed_body, malformed_json */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MalformedBody"] | components["schemas"]["MalformedJson"];
                };
            };
            /** @description Unauthorized: account_suspended, invalid_credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountSuspended"] | components["schemas"]["InvalidCredentials"];
                };
            };
            /** @description Forbidden: cross_origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"];
                };
            };
            /** @description Request Timeout: request_timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RequestTimeout"];
                };
            };
            /** @description Content Too Large: content_too_large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ContentTooLarge"];
                };
            };
            /** @description Unsupported Media Type: unsupported_media_type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["UnsupportedMediaType"];
                };
            };
            /** @description Unprocessable Content: invalid_request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidRequest"];
                };
            };
            /** @description Too Many Requests: checks_pending, rate_limited, sign_in_closed, too_many_wrong_passwords */
            429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ChecksPending"] | components["schemas"]["RateLimited"] | components["schemas"]["SignInClosed"] | components["schemas"]["TooManyWrongPasswords"];
                };
            };
            /** @description Internal Server Error: internal_error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InternalError"];
                };
            };
            /** @description Service Unavailable: hashing_busy, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HashingBusy"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
}
