export interface paths {
    "/company": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's company */
        get: operations["company_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/company/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The requests that wait for the company */
        get: operations["approvals_list_all"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/company/approvals/{approval_id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve a request */
        post: operations["approvals_approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/company/approvals/{approval_id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reject a request */
        post: operations["approvals_reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/company/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The audit log of the caller's company */
        get: operations["audit_log_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/company/audit-log/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as CSV for Excel: UTF-8 with a byte order mark, without formulas */
        get: operations["audit_log_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/company/departments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The departments in the caller's company */
        get: operations["members_list_departments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/company/invitation-file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An empty file with the heads of all columns */
        get: operations["invitation_file_show_template"];
        put?: never;
        /** Invite the people of a file, or with `dry_run` say what it would do */
        post: operations["invitation_file_send_or_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/company/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The open invitations of the caller's company */
        get: operations["invitations_list_open"];
        put?: never;
        /** Invite several at once */
        post: operations["invitations_send"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/company/invitations/{invitation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Withdraw an invitation */
        delete: operations["invitations_withdraw"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/company/invitations/{invitation_id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send the mail of an invitation again */
        post: operations["invitations_resend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/company/member-file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The list as CSV for Excel, in words of the caller's language, times in the vendor's zone */
        get: operations["member_file_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/company/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The members of the caller's company */
        get: operations["members_list_all"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/company/members/{member_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A member of the caller's company */
        get: operations["members_show"];
        put?: never;
        post?: never;
        /** Delete a member's account permanently */
        delete: operations["members_delete"];
        options?: never;
        head?: never;
        /** Give a member another role, or hand over the caller's own */
        patch: operations["members_change_role"];
        trace?: never;
    };
    "/company/members/{member_id}/details": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Set a member's department and job title */
        patch: operations["members_change_details"];
        trace?: never;
    };
    "/company/members/{member_id}/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Recreate an account at another address; nothing changes until it is confirmed (R7) */
        put: operations["members_move"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/company/members/{member_id}/password-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a reset link mailed to a colleague's stored address */
        post: operations["members_send_password_reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/company/members/{member_id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Suspend a member: 200 if all their sessions have ended, 202 if auth has not confirmed yet */
        post: operations["members_suspend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/company/seats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The seat ledger of the caller's company */
        get: operations["company_show_seats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept an invitation by the token of the mailed link */
        post: operations["invitations_accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show an invitation, without changing it */
        post: operations["invitations_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's account */
        get: operations["me_show"];
        put?: never;
        post?: never;
        /** Delete the caller's account permanently */
        delete: operations["me_leave"];
        options?: never;
        head?: never;
        /** Change the caller's details */
        patch: operations["me_update"];
        trace?: never;
    };
    "/me/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Request another address; the response is the same for every address */
        put: operations["me_request_email"];
        post?: never;
        /** Withdraw the caller's pending change of address, if there is one */
        delete: operations["me_withdraw_email"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/email/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm the new address by the token of the mailed link */
        post: operations["me_confirm_email"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/email/confirm/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show the change of address that a mailed link confirms, without changing anything */
        post: operations["me_preview_email"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/email/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show the request that the link stops, without changing it */
        post: operations["email_stop_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/email/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop a change of address, or the move of an account, by the mailed link */
        post: operations["email_stop_stop"];
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
        /** All data about the caller */
        get: operations["me_export_own"];
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
    "/registrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept the form; the response is the same for every form */
        post: operations["registrations_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm the address by the token of the mailed link */
        post: operations["registrations_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show the registration that a mailed link confirms, without changing anything */
        post: operations["registrations_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/site": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the vendor's details; they are the same for every caller */
        get: operations["site_show"];
        put?: never;
        post?: never;
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
         * AcceptBody
         * @description The person who joins. An empty department or job title is taken from the invitation.
         */
        AcceptBody: {
            /**
             * @description May be empty
             * @example 営業部
             */
            department?: string;
            /**
             * @description Stored as typed, without surrounding and repeated spaces
             * @example 山田
             */
            family_name: string;
            /**
             * @description In kana of any kind and width; may be empty
             * @example ヤマダ
             */
            family_name_kana?: string;
            /**
             * @description Stored as typed, without surrounding and repeated spaces
             * @example 太郎
             */
            given_name: string;
            /**
             * @description In kana of any kind and width; may be empty
             * @example タロウ
             */
            given_name_kana?: string;
            /**
             * @description May be empty
             * @example 課長
             */
            job_title?: string;
            /**
             * @description A valid number, in any spelling: `+81` and full width too
             * @example 090-0000-1001
             */
            phone: string;
            /** @example o2Vb1sXqGmTzKc0y7uJ5wHnQ3rEfLdPaZi8vYxCkB4M */
            token: string;
        };
        /**
         * Accepted
         * @description The form is accepted; the result is sent by mail only (R1). `expires_at`: the mailed link
         *     works at least until then.
         */
        Accepted: {
            /** Format: date-time */
            expires_at: string;
            /** @constant */
            status: "accepted";
        };
        /**
         * AccountNotActive
         * @description The caller's account is suspended or closed, or the session ended while the request came.
         */
        AccountNotActive: {
            /** @constant */
            code: "account_not_active";
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
         * AddressChanged
         * @description The change has taken effect; the company's administrators or the vendor have to help.
         */
        AddressChanged: {
            /** @constant */
            code: "address_changed";
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
         * AddressInUse
         * @description A member of the company has the address, or an invitation to it is open.
         */
        AddressInUse: {
            /** @constant */
            code: "address_in_use";
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
         * AlreadyInvited
         * @description The address has an open invitation of this company; `email` says which.
         */
        AlreadyInvited: {
            /** @constant */
            code: "already_invited";
            /** @example  */
            detail: string;
            /** @example taro.yamada@yamato-shoji.example */
            email: string;
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
         * AlreadyMember
         * @description The address has an account in this company; `email` says which.
         */
        AlreadyMember: {
            /** @constant */
            code: "already_member";
            /** @example  */
            detail: string;
            /** @example taro.yamada@yamato-shoji.example */
            email: string;
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
         * AlreadySuspended
         * @description The account is already suspended.
         */
        AlreadySuspended: {
            /** @constant */
            code: "already_suspended";
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
         * ApprovalDecided
         * @description It has already been decided, or has lapsed.
         */
        ApprovalDecided: {
            /** @constant */
            code: "approval_decided";
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
         * ApprovalNotFound
         * @description No pending request of the caller's company has this id.
         */
        ApprovalNotFound: {
            /** @constant */
            code: "approval_not_found";
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
         * ApprovalsAnswer
         * @description The pending requests, the oldest first.
         */
        ApprovalsAnswer: {
            items: components["schemas"]["WaitingAnswer"][];
        };
        /**
         * Approved
         * @description The account exists; without a token its password has already been set.
         */
        Approved: {
            password_token?: string | null;
            /** @constant */
            status: "approved";
        };
        /**
         * AuditLogAnswer
         * @description A page of the log; `next_before` is the start of the next one.
         */
        AuditLogAnswer: {
            items: components["schemas"]["EntryAnswer"][];
            next_before: number | null;
        };
        /**
         * AwaitingApproval
         * @description A decision is needed first (R3, R4).
         */
        AwaitingApproval: {
            /** @constant */
            status: "awaiting_approval";
        };
        /**
         * ChangedAnswer
         * @description An account after an action: `state` has its -ing form while auth has not confirmed it.
         */
        ChangedAnswer: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            role: "owner" | "admin" | "staff";
            /** @enum {string} */
            state: "active" | "suspended" | "closed" | "opening" | "resuming" | "suspending" | "deleting" | "changing";
        };
        /**
         * CheckedFileAnswer
         * @description What the file would do. While it has `faults`, or needs more seats than are free, no person
         *     in it can be invited. `left_out` are the heads of columns that are not read.
         */
        CheckedFileAnswer: {
            faults: components["schemas"]["FaultAnswer"][];
            invitations: components["schemas"]["InvitedRowAnswer"][];
            /**
             * @example [
             *       "備考"
             *     ]
             */
            left_out: string[];
            mails: components["schemas"]["MailsAnswer"];
            seats: components["schemas"]["NeededSeatsAnswer"];
        };
        /**
         * ClocksDiffer
         * @description The identity is auth's, but not of this time: the clocks of two hosts differ too much.
         */
        ClocksDiffer: {
            /** @constant */
            code: "clocks_differ";
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
         * CompanyAnswer
         * @description The company with its seats, and the actions that the caller may take.
         */
        CompanyAnswer: {
            /** @example A-1001 */
            code: string;
            /** Format: uuid */
            id: string;
            may: ("see_company" | "see_contacts" | "export_members" | "see_seats" | "invite" | "decide" | "see_audit_log")[];
            /** @example 株式会社ヤマト商事 */
            name: string;
            seats: components["schemas"]["SeatsAnswer"];
        };
        /**
         * ConfirmedAnswer
         * @description The link was used before. Using it again returns the current state.
         */
        ConfirmedAnswer: {
            /** Format: date-time */
            expires_at: string;
            /** @constant */
            state: "confirmed";
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
         * @description The company that a member belongs to.
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
         * DeedAnswer
         * @description An action of the caller, or one on the caller's account.
         */
        DeedAnswer: {
            /** @example suspended */
            action: string;
            /** Format: date-time */
            at: string;
            /** @example Chrome (Windows) */
            browser: string;
            by_me: boolean;
            /** @example 192.0.2.0/24 */
            network: string;
            /**
             * @description A code; often empty
             * @example on_leave
             */
            reason: string;
            /** @enum {string} */
            source: "owner" | "admin" | "staff" | "operator" | "visitor" | "system";
            /** @enum {string} */
            subject: "account" | "address" | "approval" | "company" | "invitation" | "mail" | "member" | "password" | "presence" | "registration" | "role" | "seats" | "session";
        };
        /**
         * DepartmentAnswer
         * @description A department (B15), and the number of its members.
         */
        DepartmentAnswer: {
            /** @example 3 */
            members: number;
            /** @example 営業部 */
            name: string;
        };
        /**
         * DepartmentsAnswer
         * @description The departments of the company's members, for a filter of the list.
         */
        DepartmentsAnswer: {
            items: components["schemas"]["DepartmentAnswer"][];
        };
        /**
         * DetailsAnswer
         * @description An account after a change of its department or job title.
         */
        DetailsAnswer: {
            /** @example 営業部 */
            department: string;
            /** @example 山田 */
            family_name: string;
            /** @example ヤマダ */
            family_name_kana: string;
            /** @example 太郎 */
            given_name: string;
            /** @example タロウ */
            given_name_kana: string;
            /** Format: uuid */
            id: string;
            /** @example 課長 */
            job_title: string;
        };
        /**
         * DetailsBody
         * @description The fields to change; omitted ones stay unchanged.
         */
        DetailsBody: {
            department?: string | null;
            family_name?: string | null;
            family_name_kana?: string | null;
            given_name?: string | null;
            given_name_kana?: string | null;
            job_title?: string | null;
            locale?: ("ja" | "en") | null;
            phone?: string | null;
        };
        /**
         * DoubleAnswer
         * @description A member who may be the same person; suspended accounts are included (R4).
         */
        DoubleAnswer: {
            /** @example taro.yamada@yamato-shoji.example */
            email: string;
            /** @example 山田 */
            family_name: string;
            /** @example ヤマダ */
            family_name_kana: string;
            /** @example 太郎 */
            given_name: string;
            /** @example タロウ */
            given_name_kana: string;
            /** Format: uuid */
            id: string;
            last_used_at: string | null;
            /** @example 09000000001 */
            phone: string;
            /** @enum {string} */
            state: "active" | "suspended" | "closed" | "opening" | "resuming" | "suspending" | "deleting" | "changing";
        };
        /**
         * EmailAnswer
         * @description `changed`, `changing` while auth has not confirmed it, or a decision is pending.
         */
        EmailAnswer: {
            /** @enum {string} */
            status: "changed" | "changing" | "awaiting_approval";
        };
        /**
         * EmailBody
         * @description The address to change to.
         */
        EmailBody: {
            /**
             * @description A domain may be written in Japanese, an address in full width
             * @example taro.yamada@yamato-shoji.example
             */
            email: string;
        };
        /**
         * EmailChangeAnswer
         * @description A change of address that has not taken effect: it has to be confirmed by the link in the mail
         *     to the new address, or is confirmed and `waiting` for approval, until `ends_at`.
         */
        EmailChangeAnswer: {
            /** @example taro.yamada@yamato-shoji.example */
            email: string;
            /** Format: date-time */
            ends_at: string;
            /** @enum {string} */
            state: "unconfirmed" | "waiting";
        };
        /**
         * EmailLinkAnswer
         * @description The person whose address the link changes, and the new address.
         */
        EmailLinkAnswer: {
            /** @example taro.yamada@yamato-shoji.example */
            email: string;
            /** Format: date-time */
            expires_at: string;
            /** @example 山田 太郎 */
            name: string;
            /** @constant */
            state: "pending";
        };
        /**
         * EmailLinkInvalid
         * @description The link's token is unknown, expired, or was replaced by a newer one.
         */
        EmailLinkInvalid: {
            /** @constant */
            code: "email_link_invalid";
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
         * EnteredAnswer
         * @description What was entered, with the address that the link confirms; nothing about the customer.
         */
        EnteredAnswer: {
            /** @example taro.yamada@yamato-shoji.example */
            email: string;
            /** Format: date-time */
            expires_at: string;
            /** @example 山田 */
            family_name: string;
            /** @example 太郎 */
            given_name: string;
            /** @constant */
            state: "pending";
        };
        /**
         * EntryAnswer
         * @description One entry. Names are current; null for people who have left or are not of the company.
         *     `event` is `subject:action`; null if this release has no words for it.
         */
        EntryAnswer: {
            /** @example suspended */
            action: string;
            actor_id: string | null;
            actor_name: string | null;
            /** Format: date-time */
            at: string;
            /** @example Chrome (Windows) */
            browser: string;
            event: ("account:details_changed" | "account:exported" | "address:change_approved" | "address:change_rejected" | "address:change_requested" | "address:change_waits" | "address:change_withdrawn" | "address:changed" | "address:move_started" | "address:move_withdrawn" | "approval:approved" | "approval:denied" | "approval:lapsed" | "approval:listed" | "approval:rejected" | "approval:revealed" | "company:audit_log_exported" | "company:import_checked" | "company:imported" | "company:members_exported" | "company:members_listed" | "company:phone_shown" | "invitation:denied" | "invitation:sent" | "invitation:sent_again" | "invitation:withdrawn" | "mail:refused" | "member:deleted" | "member:denied" | "member:details_changed" | "member:joined" | "member:replaced" | "member:resumed" | "member:revealed" | "member:suspended" | "password:reset_asked" | "password:set" | "presence:denied" | "presence:failed" | "presence:missed" | "role:changed" | "seats:limit_changed" | "seats:raise_lapsed" | "session:denied" | "session:signed_in") | null;
            /** @example 192.0.2.0/24 */
            network: string;
            /** @example 3 */
            number: number;
            /**
             * @description A code; often empty
             * @example on_leave
             */
            reason: string;
            /** @example 019abeee-f85f-7001-8ab5-1476a9782a62 */
            request_id: string;
            /** @enum {string} */
            source: "owner" | "admin" | "staff" | "operator" | "visitor" | "system";
            /** @enum {string} */
            subject: "account" | "address" | "approval" | "company" | "invitation" | "mail" | "member" | "password" | "presence" | "registration" | "role" | "seats" | "session";
            target_id: string | null;
            target_name: string | null;
        };
        /**
         * ExportAnswer
         * @description The caller's data in membership; auth's export has the rest.
         */
        ExportAnswer: {
            account: components["schemas"]["MeAnswer"];
            audit_log: components["schemas"]["DeedAnswer"][];
        };
        /**
         * FaultAnswer
         * @description An error in a cell, or in a row (then `cell` is its number), as Excel counts them. `header`
         *     is the column's in the file, `text` what the cell has, and `detail` says what to do.
         */
        FaultAnswer: {
            /** @example C3 */
            cell: string;
            /** @example invalid_address */
            code: string;
            /** @example メールアドレスの形式が正しくありません。例：taro@example.co.jp */
            detail: string;
            /** @example メールアドレス */
            header: string;
            /** @example 3 */
            row: number;
            /** @example taro@ */
            text: string;
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
         * ForeignDomain
         * @description The address is not in one of the company's domains.
         */
        ForeignDomain: {
            /** @constant */
            code: "foreign_domain";
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
         * IdempotencyKeyBusy
         * @description The first request with this key has not ended yet.
         */
        IdempotencyKeyBusy: {
            /** @constant */
            code: "idempotency_key_busy";
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
         * IdempotencyKeyReused
         * @description The same key came with another body.
         */
        IdempotencyKeyReused: {
            /** @constant */
            code: "idempotency_key_reused";
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
         * IdentityRequired
         * @description The request did not come through the gateway, or its identity is not auth's.
         */
        IdentityRequired: {
            /** @constant */
            code: "identity_required";
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
         * InvalidCursor
         * @description The cursor is not one that this list gave.
         */
        InvalidCursor: {
            /** @constant */
            code: "invalid_cursor";
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
         * InvalidHeader
         * @description A header has a value that it cannot have.
         */
        InvalidHeader: {
            /** @constant */
            code: "invalid_header";
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
         * InvitationAnswer
         * @description An invitation, for the company, with what the inviter entered about the person. One that
         *     `replaces` an account moves it (R7).
         */
        InvitationAnswer: {
            /** Format: date-time */
            created_at: string;
            /** @example 営業部 */
            department: string;
            /** @example taro.yamada@yamato-shoji.example */
            email: string;
            /** Format: date-time */
            expires_at: string;
            /** @example 山田 */
            family_name: string;
            /** @example ヤマダ */
            family_name_kana: string;
            /** @example 太郎 */
            given_name: string;
            /** @example タロウ */
            given_name_kana: string;
            /** Format: uuid */
            id: string;
            invited_by: string | null;
            /** @example 課長 */
            job_title: string;
            /** @enum {string} */
            locale: "ja" | "en";
            replaces: string | null;
            /** @enum {string} */
            role: "owner" | "admin" | "staff";
            /** Format: date-time */
            sent_at: string;
            /** @enum {string} */
            state: "open" | "waiting" | "accepted" | "withdrawn" | "lapsed";
        };
        /**
         * InvitationEnded
         * @description The invitation was answered, withdrawn, or has lapsed.
         */
        InvitationEnded: {
            /** @constant */
            code: "invitation_ended";
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
         * InvitationFileBody
         * @description A CSV file as Excel saves it (UTF-8, CP932, UTF-16), in base64. With `dry_run` it is only
         *     checked; otherwise all people in it are invited, or none.
         */
        InvitationFileBody: {
            /** @default false */
            dry_run: boolean;
            /** @example 44Oh44O844Or44Ki44OJ44Os44K5CnRhcm9AeWFtYXRvLXNob2ppLmV4YW1wbGUK */
            file: string;
        };
        /**
         * InvitationFileFaulty
         * @description Cells of the file have errors; `errors` lists all of them, each with its cell as `field`.
         */
        InvitationFileFaulty: {
            /** @constant */
            code: "invitation_file_faulty";
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
         * InvitationLinkInvalid
         * @description The link's token is unknown, was withdrawn, or has lapsed.
         */
        InvitationLinkInvalid: {
            /** @constant */
            code: "invitation_link_invalid";
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
         * InvitationNotFound
         * @description The caller's company has no such invitation.
         */
        InvitationNotFound: {
            /** @constant */
            code: "invitation_not_found";
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
         * InvitationsAnswer
         * @description A page of open invitations.
         */
        InvitationsAnswer: {
            items: components["schemas"]["InvitationAnswer"][];
            next_cursor: string | null;
        };
        /**
         * InvitationsBody
         * @description All of them are invited, or none.
         */
        InvitationsBody: {
            invitations: components["schemas"]["InviteeBody"][];
        };
        /**
         * InvitedAnswer
         * @description An invitation before it is accepted; `moves`: it moves an account to the address (R7).
         *     `invited_by`: the inviter's name, or null if the vendor invites.
         */
        InvitedAnswer: {
            /** @example 株式会社ヤマト商事 */
            customer_name: string;
            /** @example taro.yamada@yamato-shoji.example */
            email: string;
            /** Format: date-time */
            expires_at: string;
            invited_by: string | null;
            moves: boolean;
            person: components["schemas"]["InvitedPersonAnswer"];
            /** @enum {string} */
            role: "owner" | "admin" | "staff";
        };
        /**
         * InvitedPersonAnswer
         * @description What is known about the invited person, for prefilling the page; each field may be empty.
         */
        InvitedPersonAnswer: {
            /** @example 営業部 */
            department: string;
            /** @example 山田 */
            family_name: string;
            /** @example ヤマダ */
            family_name_kana: string;
            /** @example 太郎 */
            given_name: string;
            /** @example タロウ */
            given_name_kana: string;
            /** @example 課長 */
            job_title: string;
            /** @example 09000000001 */
            phone: string;
        };
        /**
         * InvitedRowAnswer
         * @description A person whom the file would invite.
         */
        InvitedRowAnswer: {
            /** @example 営業部 */
            department: string;
            /** @example taro.yamada@yamato-shoji.example */
            email: string;
            /** @example 山田 */
            family_name: string;
            /** @example ヤマダ */
            family_name_kana: string;
            /** @example 太郎 */
            given_name: string;
            /** @example タロウ */
            given_name_kana: string;
            /** @example 課長 */
            job_title: string;
            /** @enum {string} */
            locale: "ja" | "en";
            /** @enum {string} */
            role: "owner" | "admin" | "staff";
            /** @example 2 */
            row: number;
        };
        /**
         * InviteeBody
         * @description The address and the role; by default the mail is in the inviter's language. The other fields
         *     prefill the page on which the invitation is accepted.
         */
        InviteeBody: {
            /**
             * @description May be empty
             * @example 営業部
             */
            department?: string;
            /**
             * @description A domain may be written in Japanese, an address in full width
             * @example taro.yamada@yamato-shoji.example
             */
            email: string;
            family_name?: string | null;
            /**
             * @description In kana of any kind and width; may be empty
             * @example ヤマダ
             */
            family_name_kana?: string;
            given_name?: string | null;
            /**
             * @description In kana of any kind and width; may be empty
             * @example タロウ
             */
            given_name_kana?: string;
            /**
             * @description May be empty
             * @example 課長
             */
            job_title?: string;
            locale?: ("ja" | "en") | null;
            /**
             * @default staff
             * @enum {string}
             */
            role: "owner" | "admin" | "staff";
        };
        /**
         * KeysUnavailable
         * @description Auth's public keys cannot be fetched now, so no identity can be verified.
         */
        KeysUnavailable: {
            /** @constant */
            code: "keys_unavailable";
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
         * LastOwner
         * @description The company would have no active owner left; hand the role over first (R12).
         */
        LastOwner: {
            /** @constant */
            code: "last_owner";
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
         * LedgerAnswer
         * @description The seats and their movements, the newest first (B3).
         */
        LedgerAnswer: {
            items: components["schemas"]["MovementAnswer"][];
            next_cursor: string | null;
            seats: components["schemas"]["SeatsAnswer"];
        };
        /**
         * MailsAnswer
         * @description The mails that would be sent at once, and those that would wait for the company's hourly
         *     limit.
         */
        MailsAnswer: {
            /** @example 3 */
            later: number;
            /** @example 3 */
            now: number;
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
         * MeAnswer
         * @description The caller's account.
         */
        MeAnswer: {
            /** Format: date-time */
            created_at: string;
            customer: components["schemas"]["CustomerAnswer"];
            /** @example 営業部 */
            department: string;
            /** @example taro.yamada@yamato-shoji.example */
            email: string;
            email_change: components["schemas"]["EmailChangeAnswer"] | null;
            /** @example 山田 */
            family_name: string;
            /** @example ヤマダ */
            family_name_kana: string;
            /** @example 太郎 */
            given_name: string;
            /** @example タロウ */
            given_name_kana: string;
            /** Format: uuid */
            id: string;
            /** @example 課長 */
            job_title: string;
            last_used_at: string | null;
            /** @enum {string} */
            locale: "ja" | "en";
            /** @example 09000000001 */
            phone: string;
            /** @enum {string} */
            role: "owner" | "admin" | "staff";
            /** @enum {string} */
            state: "active" | "suspended" | "closed" | "opening" | "resuming" | "suspending" | "deleting" | "changing";
        };
        /**
         * MemberAnswer
         * @description A row of 社内アカウント管理. Phone, presence, suspension: for owners and admins, else null.
         *     `may` lists the actions that the caller may take; `may_not` has the reason for each other.
         */
        MemberAnswer: {
            /** Format: date-time */
            created_at: string;
            /** @example 営業部 */
            department: string;
            /** @example taro.yamada@yamato-shoji.example */
            email: string;
            /** @example 山田 */
            family_name: string;
            /** @example ヤマダ */
            family_name_kana: string;
            /** @example 太郎 */
            given_name: string;
            /** @example タロウ */
            given_name_kana: string;
            /** Format: uuid */
            id: string;
            /** @example 課長 */
            job_title: string;
            last_used_at: string | null;
            may: ("suspend" | "resume" | "delete" | "change_role" | "move" | "edit_details" | "send_password_reset")[];
            /**
             * @example {
             *       "resume": "vendor_only",
             *       "suspend": "own_account"
             *     }
             */
            may_not: {
                [key: string]: "role_required" | "vendor_only" | "own_account" | "owner_protected" | "already_suspended" | "not_suspended" | "member_suspended" | "last_owner";
            };
            phone: string | null;
            presence: components["schemas"]["StandingAnswer"] | null;
            /** @enum {string} */
            role: "owner" | "admin" | "staff";
            /** @enum {string} */
            state: "active" | "suspended" | "closed" | "opening" | "resuming" | "suspending" | "deleting" | "changing";
            suspension: components["schemas"]["SuspensionAnswer"] | null;
        };
        /**
         * MemberDetailsBody
         * @description The fields to change (B15); omitted ones stay unchanged.
         */
        MemberDetailsBody: {
            department?: string | null;
            job_title?: string | null;
        };
        /**
         * MemberNotFound
         * @description The caller's company has no such member.
         */
        MemberNotFound: {
            /** @constant */
            code: "member_not_found";
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
         * MemberSuspended
         * @description The account is suspended, and has to be resumed first.
         */
        MemberSuspended: {
            /** @constant */
            code: "member_suspended";
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
         * MembersAnswer
         * @description A page of the list; `found` is the number of members on all pages.
         */
        MembersAnswer: {
            /** @example 3 */
            found: number;
            items: components["schemas"]["MemberAnswer"][];
            next_cursor: string | null;
        };
        /**
         * MovementAnswer
         * @description A row of the seat ledger; `used` seats are in use after it, and `seat_limit` is a new limit.
         *     Names are current; null for people who have left. `by_vendor`: the vendor's staff did it.
         */
        MovementAnswer: {
            actor_id: string | null;
            actor_name: string | null;
            /** Format: date-time */
            at: string;
            by_vendor: boolean;
            /** @example 1 */
            change: number;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "held" | "taken" | "freed" | "withdrawn" | "lapsed" | "limit_set" | "limit_raised" | "raise_lapsed";
            seat_limit: number | null;
            subject_id: string | null;
            subject_name: string | null;
            until: string | null;
            /** @example 3 */
            used: number;
        };
        /**
         * NeededSeatsAnswer
         * @description The seats that the invitations would take, and those that are free.
         */
        NeededSeatsAnswer: {
            /** @example 3 */
            free: number;
            /** @example 3 */
            needed: number;
        };
        /**
         * NotesBody
         * @description The notes for the member, shown after the right password, and for the company's admins.
         */
        NotesBody: {
            /**
             * @description May have several lines
             * @example 総務部にご連絡ください。
             */
            company?: string;
            /**
             * @description May have several lines
             * @example 総務部にご連絡ください。
             */
            member?: string;
        };
        /**
         * Opening
         * @description The account will exist in a moment; repeat the request to check.
         */
        Opening: {
            /** @example o2Vb1sXqGmTzKc0y7uJ5wHnQ3rEfLdPaZi8vYxCkB4M */
            password_token: string;
            /** @constant */
            status: "opening";
        };
        /**
         * OwnAccount
         * @description The caller cannot do this to their own account here.
         */
        OwnAccount: {
            /** @constant */
            code: "own_account";
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
         * OwnerProtected
         * @description The account belongs to an owner, and the caller may not change owners.
         */
        OwnerProtected: {
            /** @constant */
            code: "owner_protected";
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
         * RegistrationBody
         * @description The form of 新規登録 (R2).
         */
        RegistrationBody: {
            /** @example A-1001 */
            customer_code: string;
            /**
             * @description 10 or 11 digits, in any spelling: `+81` and full width too
             * @example 03-0000-1001
             */
            customer_phone: string;
            /**
             * @description May be empty
             * @example 営業部
             */
            department?: string;
            /**
             * @description A domain may be written in Japanese, an address in full width
             * @example taro.yamada@yamato-shoji.example
             */
            email: string;
            /**
             * @description Stored as typed, without surrounding and repeated spaces
             * @example 山田
             */
            family_name: string;
            /**
             * @description In kana of any kind and width; may be empty
             * @example ヤマダ
             */
            family_name_kana?: string;
            /**
             * @description Stored as typed, without surrounding and repeated spaces
             * @example 太郎
             */
            given_name: string;
            /**
             * @description In kana of any kind and width; may be empty
             * @example タロウ
             */
            given_name_kana?: string;
            /**
             * @description May be empty
             * @example 課長
             */
            job_title?: string;
            /**
             * @description 10 or 11 digits, in any spelling: `+81` and full width too
             * @example 03-0000-1001
             */
            phone: string;
        };
        /**
         * RegistrationLinkInvalid
         * @description The link's token is unknown, expired, or was replaced by another registration's.
         */
        RegistrationLinkInvalid: {
            /** @constant */
            code: "registration_link_invalid";
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
         * RejectBody
         * @description The reason for the rejection; the note is mailed to the applicant.
         */
        RejectBody: {
            /**
             * @description May have several lines
             * @example 総務部にご連絡ください。
             */
            note?: string;
            /** @enum {string} */
            reason: "not_a_colleague" | "not_permitted" | "duplicate" | "other";
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
         * Requested
         * @description A mail is sent; only its link changes anything.
         */
        Requested: {
            /** @constant */
            status: "requested";
        };
        /**
         * RoleBody
         * @description The new role; with `own_role` the caller's own role changes at the same time.
         */
        RoleBody: {
            own_role?: ("owner" | "admin" | "staff") | null;
            /** @enum {string} */
            role: "owner" | "admin" | "staff";
        };
        /**
         * RoleRequired
         * @description The member's role does not allow it.
         */
        RoleRequired: {
            /** @constant */
            code: "role_required";
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
         * SeatsAnswer
         * @description The seats in use, by accounts and by open invitations, and the limit.
         */
        SeatsAnswer: {
            /** @example 3 */
            accounts: number;
            /** @example 3 */
            free: number;
            /** @example 3 */
            invitations: number;
            /** @example 10 */
            limit: number;
            /** @example 3 */
            used: number;
        };
        /**
         * SeatsFull
         * @description The customer has not enough free seats; `free` says how many there are (R5).
         */
        SeatsFull: {
            /** @constant */
            code: "seats_full";
            /** @example  */
            detail: string;
            /** @example [] */
            errors: components["schemas"]["FieldError"][];
            /** @example 0 */
            free: number;
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
         * SentAnswer
         * @description The invitations of one request.
         */
        SentAnswer: {
            invitations: components["schemas"]["InvitationAnswer"][];
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
         * SiteAnswer
         * @description The vendor's details, in the language of `Accept-Language`; a setting without a value is "".
         *
         *     `accent`: `#rrggbb`, with a contrast of at least 4.5:1 on white and on light grey.
         *     `mail_from`: the address that mails come from, for a list of allowed senders.
         */
        SiteAnswer: {
            /** @example #0a58ca */
            accent: string;
            /** @example 平日 9:00〜17:00 */
            contact_hours: string;
            /** @example 03-1234-5678 */
            contact_phone: string;
            /** @example https://kei.example/contact */
            contact_url: string;
            /** @example no-reply@kei.example */
            mail_from: string;
            /** @example https://kei.example/privacy */
            privacy_url: string;
            /** @example ケイアイWEBサービス */
            service_name: string;
            /** @example https://kei.example/terms */
            terms_url: string;
            /** @example 株式会社ケイアイ */
            vendor_name: string;
        };
        /**
         * StandingAnswer
         * @description The member's recent presence checks (R9).
         */
        StandingAnswer: {
            last_passed_at: string | null;
            /** @example 0 */
            missed_in_a_row: number;
        };
        /**
         * StopAnswer
         * @description The request that the link stops. `done`: the address has changed, and the company's
         *     administrators or the vendor have to help; `ended`: the request has ended without effect.
         */
        StopAnswer: {
            /** @enum {string} */
            kind: "email_change" | "move";
            /** Format: date-time */
            requested_at: string;
            /** @enum {string} */
            state: "pending" | "ended" | "done";
        };
        /**
         * SuccessorInvalid
         * @description The successor has to be another active member of the company.
         */
        SuccessorInvalid: {
            /** @constant */
            code: "successor_invalid";
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
         * SuspendBody
         * @description A suspension card (B2). The date only triggers a reminder; the account is not resumed.
         *
         *     A day as `until` is the last one, and ends at midnight in the vendor's time zone.
         */
        SuspendBody: {
            /**
             * @default {
             *       "company": "",
             *       "member": ""
             *     }
             */
            notes: components["schemas"]["NotesBody"];
            /** @enum {string} */
            reason: "left" | "on_leave" | "misuse" | "lost_device" | "other";
            until?: string | null;
        };
        /**
         * SuspensionAnswer
         * @description The suspension card for the company's owners and admins (B2).
         */
        SuspensionAnswer: {
            /** @example 総務部にご連絡ください。 */
            note: string;
            /** @example 総務部にご連絡ください。 */
            note_for_member: string;
            /** @enum {string} */
            reason: "left" | "on_leave" | "misuse" | "lost_device" | "other";
            /** Format: date-time */
            since: string;
            until: string | null;
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
         * @description The token of the mailed link.
         */
        TokenBody: {
            /** @example o2Vb1sXqGmTzKc0y7uJ5wHnQ3rEfLdPaZi8vYxCkB4M */
            token: string;
        };
        /**
         * TooManyMailsOfCompany
         * @description The company has used up its mails of this hour.
         */
        TooManyMailsOfCompany: {
            /** @constant */
            code: "too_many_mails_of_company";
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
         * TooManyMailsToAddress
         * @description The mailbox has used up its mails caused by others in this hour, or got one of this kind less
         *     than a minute ago; `email` is the address, `retry_after` says when the next may be sent.
         */
        TooManyMailsToAddress: {
            /** @constant */
            code: "too_many_mails_to_address";
            /** @example  */
            detail: string;
            /** @example taro.yamada@yamato-shoji.example */
            email: string;
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
         * @description One request to decide on. `mine`: the caller's own, which another approver decides.
         *     `current_email`: the address that a change of address would replace.
         */
        WaitingAnswer: {
            current_email: string | null;
            /** @example 営業部 */
            department: string;
            doubles: components["schemas"]["DoubleAnswer"][];
            /** @example taro.yamada@yamato-shoji.example */
            email: string;
            /** @example 山田 */
            family_name: string;
            /** @example ヤマダ */
            family_name_kana: string;
            /** @example 太郎 */
            given_name: string;
            /** @example タロウ */
            given_name_kana: string;
            /** Format: uuid */
            id: string;
            /** @example 課長 */
            job_title: string;
            /** @enum {string} */
            kind: "registration" | "email_change";
            mine: boolean;
            /** @example 09000000001 */
            phone: string;
            reasons: ("unknown_customer" | "phone_mismatch" | "personal_address" | "foreign_domain" | "seats_full" | "probable_double")[];
            /** Format: date-time */
            waits_since: string;
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
    company_show: {
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
                     *       "code": "A-1001",
                     *       "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *       "may": [
                     *         "see_company"
                     *       ],
                     *       "name": "株式会社ヤマト商事",
                     *       "seats": {
                     *         "accounts": 3,
                     *         "free": 3,
                     *         "invitations": 3,
                     *         "limit": 10,
                     *         "used": 3
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CompanyAnswer"];
                };
            };
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    approvals_list_all: {
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
                     *           "current_email": "taro.yamada@yamato-shoji.example",
                     *           "department": "営業部",
                     *           "doubles": [
                     *             {
                     *               "email": "taro.yamada@yamato-shoji.example",
                     *               "family_name": "山田",
                     *               "family_name_kana": "ヤマダ",
                     *               "given_name": "太郎",
                     *               "given_name_kana": "タロウ",
                     *               "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *               "last_used_at": "2026-11-24T04:05:06Z",
                     *               "phone": "09000000001",
                     *               "state": "active"
                     *             }
                     *           ],
                     *           "email": "taro.yamada@yamato-shoji.example",
                     *           "family_name": "山田",
                     *           "family_name_kana": "ヤマダ",
                     *           "given_name": "太郎",
                     *           "given_name_kana": "タロウ",
                     *           "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *           "job_title": "課長",
                     *           "kind": "registration",
                     *           "mine": true,
                     *           "phone": "09000000001",
                     *           "reasons": [
                     *             "unknown_customer"
                     *           ],
                     *           "waits_since": "2026-11-24T04:05:06Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ApprovalsAnswer"];
                };
            };
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: role_required */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RoleRequired"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    approvals_approve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                approval_id: string;
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
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: cross_origin, role_required */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"] | components["schemas"]["RoleRequired"];
                };
            };
            /** @description Not Found: approval_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ApprovalNotFound"];
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
            /** @description Conflict: approval_decided, own_account, seats_full */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ApprovalDecided"] | components["schemas"]["OwnAccount"] | components["schemas"]["SeatsFull"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    approvals_reject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                approval_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "note": "総務部にご連絡ください。",
                 *       "reason": "not_a_colleague"
                 *     }
                 */
                "application/json": components["schemas"]["RejectBody"];
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
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: cross_origin, role_required */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"] | components["schemas"]["RoleRequired"];
                };
            };
            /** @description Not Found: approval_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ApprovalNotFound"];
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
            /** @description Conflict: approval_decided, own_account */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ApprovalDecided"] | components["schemas"]["OwnAccount"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    audit_log_show: {
        parameters: {
            query?: {
                person?: string | null;
                source?: ("owner" | "admin" | "staff" | "operator" | "visitor" | "system") | null;
                subject?: ("account" | "address" | "approval" | "company" | "invitation" | "mail" | "member" | "password" | "presence" | "registration" | "role" | "seats" | "session") | null;
                since?: string | null;
                until?: string | null;
                before?: number | null;
                limit?: number;
            };
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
                     *           "action": "suspended",
                     *           "actor_id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *           "actor_name": "山田 太郎",
                     *           "at": "2026-11-24T04:05:06Z",
                     *           "browser": "Chrome (Windows)",
                     *           "event": "account:details_changed",
                     *           "network": "192.0.2.0/24",
                     *           "number": 3,
                     *           "reason": "on_leave",
                     *           "request_id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *           "source": "owner",
                     *           "subject": "account",
                     *           "target_id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *           "target_name": "山田 太郎"
                     *         }
                     *       ],
                     *       "next_before": 3
                     *     }
                     */
                    "application/json": components["schemas"]["AuditLogAnswer"];
                };
            };
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: role_required */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RoleRequired"];
                };
            };
            /** @description Not Found: member_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MemberNotFound"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    audit_log_export: {
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
                    /** @example 番号,日時,操作した人,権限,操作,対象,理由・補足,接続元,端末,受付番号 */
                    "text/csv": string;
                };
            };
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: role_required */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RoleRequired"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    members_list_departments: {
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
                     *           "members": 3,
                     *           "name": "営業部"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["DepartmentsAnswer"];
                };
            };
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    invitation_file_show_template: {
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
                    /** @example 姓,名,フリガナ,メールアドレス,権限,部署,役職,言語 */
                    "text/csv": string;
                };
            };
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: role_required */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RoleRequired"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    invitation_file_send_or_check: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text chosen by the client; for 24 hours the same request takes effect once.
                 * @example 019abeee-f85f-7001-8ab5-1476a9782a62
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "dry_run": true,
                 *       "file": "44Oh44O844Or44Ki44OJ44Os44K5CnRhcm9AeWFtYXRvLXNob2ppLmV4YW1wbGUK"
                 *     }
                 */
                "application/json": components["schemas"]["InvitationFileBody"];
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
                     *       "faults": [
                     *         {
                     *           "cell": "C3",
                     *           "code": "invalid_address",
                     *           "detail": "メールアドレスの形式が正しくありません。例：taro@example.co.jp",
                     *           "header": "メールアドレス",
                     *           "row": 3,
                     *           "text": "taro@"
                     *         }
                     *       ],
                     *       "invitations": [
                     *         {
                     *           "department": "営業部",
                     *           "email": "taro.yamada@yamato-shoji.example",
                     *           "family_name": "山田",
                     *           "family_name_kana": "ヤマダ",
                     *           "given_name": "太郎",
                     *           "given_name_kana": "タロウ",
                     *           "job_title": "課長",
                     *           "locale": "ja",
                     *           "role": "owner",
                     *           "row": 2
                     *         }
                     *       ],
                     *       "left_out": [
                     *         "備考"
                     *       ],
                     *       "mails": {
                     *         "later": 3,
                     *         "now": 3
                     *       },
                     *       "seats": {
                     *         "free": 3,
                     *         "needed": 3
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CheckedFileAnswer"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "invitations": [
                     *         {
                     *           "created_at": "2026-11-24T04:05:06Z",
                     *           "department": "営業部",
                     *           "email": "taro.yamada@yamato-shoji.example",
                     *           "expires_at": "2026-11-24T04:05:06Z",
                     *           "family_name": "山田",
                     *           "family_name_kana": "ヤマダ",
                     *           "given_name": "太郎",
                     *           "given_name_kana": "タロウ",
                     *           "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *           "invited_by": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *           "job_title": "課長",
                     *           "locale": "ja",
                     *           "replaces": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *           "role": "owner",
                     *           "sent_at": "2026-11-24T04:05:06Z",
                     *           "state": "open"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SentAnswer"];
                };
            };
            /** @description Bad Request: invalid_header, malformed_body, malformed_json */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidHeader"] | components["schemas"]["MalformedBody"] | components["schemas"]["MalformedJson"];
                };
            };
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: cross_origin, role_required */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"] | components["schemas"]["RoleRequired"];
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
            /** @description Conflict: already_invited, already_member, idempotency_key_busy, seats_full */
            409: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AlreadyInvited"] | components["schemas"]["AlreadyMember"] | components["schemas"]["IdempotencyKeyBusy"] | components["schemas"]["SeatsFull"];
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
            /** @description Unprocessable Content: idempotency_key_reused, invalid_request, invitation_file_faulty */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["IdempotencyKeyReused"] | components["schemas"]["InvalidRequest"] | components["schemas"]["InvitationFileFaulty"];
                };
            };
            /** @description Too Many Requests: rate_limited, too_many_mails_to_address */
            429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RateLimited"] | components["schemas"]["TooManyMailsToAddress"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    invitations_list_open: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
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
                     *           "created_at": "2026-11-24T04:05:06Z",
                     *           "department": "営業部",
                     *           "email": "taro.yamada@yamato-shoji.example",
                     *           "expires_at": "2026-11-24T04:05:06Z",
                     *           "family_name": "山田",
                     *           "family_name_kana": "ヤマダ",
                     *           "given_name": "太郎",
                     *           "given_name_kana": "タロウ",
                     *           "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *           "invited_by": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *           "job_title": "課長",
                     *           "locale": "ja",
                     *           "replaces": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *           "role": "owner",
                     *           "sent_at": "2026-11-24T04:05:06Z",
                     *           "state": "open"
                     *         }
                     *       ],
                     *       "next_cursor": "AZq-7vhfcAGKtRR2qXgqYg"
                     *     }
                     */
                    "application/json": components["schemas"]["InvitationsAnswer"];
                };
            };
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: role_required */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RoleRequired"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    invitations_send: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text chosen by the client; for 24 hours the same request takes effect once.
                 * @example 019abeee-f85f-7001-8ab5-1476a9782a62
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "invitations": [
                 *         {
                 *           "department": "営業部",
                 *           "email": "taro.yamada@yamato-shoji.example",
                 *           "family_name": "山田",
                 *           "family_name_kana": "ヤマダ",
                 *           "given_name": "太郎",
                 *           "given_name_kana": "タロウ",
                 *           "job_title": "課長",
                 *           "locale": "ja",
                 *           "role": "owner"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["InvitationsBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "invitations": [
                     *         {
                     *           "created_at": "2026-11-24T04:05:06Z",
                     *           "department": "営業部",
                     *           "email": "taro.yamada@yamato-shoji.example",
                     *           "expires_at": "2026-11-24T04:05:06Z",
                     *           "family_name": "山田",
                     *           "family_name_kana": "ヤマダ",
                     *           "given_name": "太郎",
                     *           "given_name_kana": "タロウ",
                     *           "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *           "invited_by": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *           "job_title": "課長",
                     *           "locale": "ja",
                     *           "replaces": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *           "role": "owner",
                     *           "sent_at": "2026-11-24T04:05:06Z",
                     *           "state": "open"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SentAnswer"];
                };
            };
            /** @description Bad Request: invalid_header, malformed_body, malformed_json */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidHeader"] | components["schemas"]["MalformedBody"] | components["schemas"]["MalformedJson"];
                };
            };
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: cross_origin, role_required */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"] | components["schemas"]["RoleRequired"];
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
            /** @description Conflict: already_invited, already_member, idempotency_key_busy, seats_full */
            409: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AlreadyInvited"] | components["schemas"]["AlreadyMember"] | components["schemas"]["IdempotencyKeyBusy"] | components["schemas"]["SeatsFull"];
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
            /** @description Unprocessable Content: idempotency_key_reused, invalid_request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["IdempotencyKeyReused"] | components["schemas"]["InvalidRequest"];
                };
            };
            /** @description Too Many Requests: rate_limited, too_many_mails_to_address */
            429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RateLimited"] | components["schemas"]["TooManyMailsToAddress"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    invitations_withdraw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invitation_id: string;
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
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: cross_origin, role_required */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"] | components["schemas"]["RoleRequired"];
                };
            };
            /** @description Not Found: invitation_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvitationNotFound"];
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
            /** @description Conflict: invitation_ended */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvitationEnded"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    invitations_resend: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invitation_id: string;
            };
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
                     *       "created_at": "2026-11-24T04:05:06Z",
                     *       "department": "営業部",
                     *       "email": "taro.yamada@yamato-shoji.example",
                     *       "expires_at": "2026-11-24T04:05:06Z",
                     *       "family_name": "山田",
                     *       "family_name_kana": "ヤマダ",
                     *       "given_name": "太郎",
                     *       "given_name_kana": "タロウ",
                     *       "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *       "invited_by": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *       "job_title": "課長",
                     *       "locale": "ja",
                     *       "replaces": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *       "role": "owner",
                     *       "sent_at": "2026-11-24T04:05:06Z",
                     *       "state": "open"
                     *     }
                     */
                    "application/json": components["schemas"]["InvitationAnswer"];
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
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: cross_origin, role_required */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"] | components["schemas"]["RoleRequired"];
                };
            };
            /** @description Not Found: invitation_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvitationNotFound"];
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
            /** @description Conflict: invitation_ended */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvitationEnded"];
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
            /** @description Too Many Requests: rate_limited, too_many_mails_of_company, too_many_mails_to_address */
            429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RateLimited"] | components["schemas"]["TooManyMailsOfCompany"] | components["schemas"]["TooManyMailsToAddress"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    member_file_export: {
        parameters: {
            query?: {
                q?: string;
                state?: ("active" | "suspended") | null;
                department?: string;
                role?: ("owner" | "admin" | "staff") | null;
                order?: "joined" | "name" | "last_used";
            };
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
                    /** @example 氏名,フリガナ,メールアドレス,権限,部署,役職,状態,最終利用 */
                    "text/csv": string;
                };
            };
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: role_required */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RoleRequired"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    members_list_all: {
        parameters: {
            query?: {
                q?: string;
                state?: ("active" | "suspended") | null;
                department?: string;
                role?: ("owner" | "admin" | "staff") | null;
                order?: "joined" | "name" | "last_used";
                cursor?: string;
                limit?: number;
            };
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
                     *       "found": 3,
                     *       "items": [
                     *         {
                     *           "created_at": "2026-11-24T04:05:06Z",
                     *           "department": "営業部",
                     *           "email": "taro.yamada@yamato-shoji.example",
                     *           "family_name": "山田",
                     *           "family_name_kana": "ヤマダ",
                     *           "given_name": "太郎",
                     *           "given_name_kana": "タロウ",
                     *           "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *           "job_title": "課長",
                     *           "last_used_at": "2026-11-24T04:05:06Z",
                     *           "may": [
                     *             "suspend"
                     *           ],
                     *           "may_not": {
                     *             "resume": "vendor_only",
                     *             "suspend": "own_account"
                     *           },
                     *           "phone": "09000000001",
                     *           "presence": {
                     *             "last_passed_at": "2026-11-24T04:05:06Z",
                     *             "missed_in_a_row": 0
                     *           },
                     *           "role": "owner",
                     *           "state": "active",
                     *           "suspension": {
                     *             "note": "総務部にご連絡ください。",
                     *             "note_for_member": "総務部にご連絡ください。",
                     *             "reason": "left",
                     *             "since": "2026-11-24T04:05:06Z",
                     *             "until": "2026-11-24T04:05:06Z"
                     *           }
                     *         }
                     *       ],
                     *       "next_cursor": "WyIiLCAiMDE5YWJlZWUtZjg1Zi03MDAxLThhYjUtMTQ3NmE5NzgyYTYyIl0"
                     *     }
                     */
                    "application/json": components["schemas"]["MembersAnswer"];
                };
            };
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Unprocessable Content: invalid_cursor, invalid_request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidCursor"] | components["schemas"]["InvalidRequest"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    members_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member_id: string;
            };
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
                     *       "created_at": "2026-11-24T04:05:06Z",
                     *       "department": "営業部",
                     *       "email": "taro.yamada@yamato-shoji.example",
                     *       "family_name": "山田",
                     *       "family_name_kana": "ヤマダ",
                     *       "given_name": "太郎",
                     *       "given_name_kana": "タロウ",
                     *       "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *       "job_title": "課長",
                     *       "last_used_at": "2026-11-24T04:05:06Z",
                     *       "may": [
                     *         "suspend"
                     *       ],
                     *       "may_not": {
                     *         "resume": "vendor_only",
                     *         "suspend": "own_account"
                     *       },
                     *       "phone": "09000000001",
                     *       "presence": {
                     *         "last_passed_at": "2026-11-24T04:05:06Z",
                     *         "missed_in_a_row": 0
                     *       },
                     *       "role": "owner",
                     *       "state": "active",
                     *       "suspension": {
                     *         "note": "総務部にご連絡ください。",
                     *         "note_for_member": "総務部にご連絡ください。",
                     *         "reason": "left",
                     *         "since": "2026-11-24T04:05:06Z",
                     *         "until": "2026-11-24T04:05:06Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["MemberAnswer"];
                };
            };
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Not Found: member_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MemberNotFound"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    members_delete: {
        parameters: {
            query?: {
                successor_id?: string | null;
            };
            header?: never;
            path: {
                member_id: string;
            };
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
                     *       "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *       "role": "owner",
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["ChangedAnswer"];
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
                     *       "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *       "role": "owner",
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["ChangedAnswer"];
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
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: cross_origin, owner_protected, role_required */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"] | components["schemas"]["OwnerProtected"] | components["schemas"]["RoleRequired"];
                };
            };
            /** @description Not Found: member_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MemberNotFound"];
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
            /** @description Conflict: last_owner, own_account */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["LastOwner"] | components["schemas"]["OwnAccount"];
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
            /** @description Unprocessable Content: invalid_request, successor_invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidRequest"] | components["schemas"]["SuccessorInvalid"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    members_change_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "own_role": "owner",
                 *       "role": "owner"
                 *     }
                 */
                "application/json": components["schemas"]["RoleBody"];
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
                     *       "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *       "role": "owner",
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["ChangedAnswer"];
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
                     *       "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *       "role": "owner",
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["ChangedAnswer"];
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
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: cross_origin, owner_protected, role_required */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"] | components["schemas"]["OwnerProtected"] | components["schemas"]["RoleRequired"];
                };
            };
            /** @description Not Found: member_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MemberNotFound"];
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
            /** @description Conflict: last_owner, member_suspended, own_account */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["LastOwner"] | components["schemas"]["MemberSuspended"] | components["schemas"]["OwnAccount"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    members_change_details: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "department": "営業部",
                 *       "job_title": "課長"
                 *     }
                 */
                "application/json": components["schemas"]["MemberDetailsBody"];
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
                     *       "department": "営業部",
                     *       "family_name": "山田",
                     *       "family_name_kana": "ヤマダ",
                     *       "given_name": "太郎",
                     *       "given_name_kana": "タロウ",
                     *       "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *       "job_title": "課長"
                     *     }
                     */
                    "application/json": components["schemas"]["DetailsAnswer"];
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
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: cross_origin, owner_protected, role_required */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"] | components["schemas"]["OwnerProtected"] | components["schemas"]["RoleRequired"];
                };
            };
            /** @description Not Found: member_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MemberNotFound"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    members_move: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "taro.yamada@yamato-shoji.example"
                 *     }
                 */
                "application/json": components["schemas"]["EmailBody"];
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
                     *       "created_at": "2026-11-24T04:05:06Z",
                     *       "department": "営業部",
                     *       "email": "taro.yamada@yamato-shoji.example",
                     *       "expires_at": "2026-11-24T04:05:06Z",
                     *       "family_name": "山田",
                     *       "family_name_kana": "ヤマダ",
                     *       "given_name": "太郎",
                     *       "given_name_kana": "タロウ",
                     *       "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *       "invited_by": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *       "job_title": "課長",
                     *       "locale": "ja",
                     *       "replaces": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *       "role": "owner",
                     *       "sent_at": "2026-11-24T04:05:06Z",
                     *       "state": "open"
                     *     }
                     */
                    "application/json": components["schemas"]["InvitationAnswer"];
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
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: cross_origin, owner_protected, role_required */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"] | components["schemas"]["OwnerProtected"] | components["schemas"]["RoleRequired"];
                };
            };
            /** @description Not Found: member_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MemberNotFound"];
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
            /** @description Conflict: address_in_use, member_suspended, own_account */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AddressInUse"] | components["schemas"]["MemberSuspended"] | components["schemas"]["OwnAccount"];
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
            /** @description Unprocessable Content: foreign_domain, invalid_request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ForeignDomain"] | components["schemas"]["InvalidRequest"];
                };
            };
            /** @description Too Many Requests: rate_limited, too_many_mails_of_company, too_many_mails_to_address */
            429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RateLimited"] | components["schemas"]["TooManyMailsOfCompany"] | components["schemas"]["TooManyMailsToAddress"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    members_send_password_reset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "requested"
                     *     }
                     */
                    "application/json": components["schemas"]["Requested"];
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
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: cross_origin, role_required */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"] | components["schemas"]["RoleRequired"];
                };
            };
            /** @description Not Found: member_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MemberNotFound"];
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
            /** @description Conflict: member_suspended, own_account */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MemberSuspended"] | components["schemas"]["OwnAccount"];
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
            /** @description Too Many Requests: rate_limited, too_many_mails_of_company, too_many_mails_to_address */
            429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RateLimited"] | components["schemas"]["TooManyMailsOfCompany"] | components["schemas"]["TooManyMailsToAddress"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    members_suspend: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "notes": {
                 *         "company": "総務部にご連絡ください。",
                 *         "member": "総務部にご連絡ください。"
                 *       },
                 *       "reason": "left",
                 *       "until": "2026-11-24"
                 *     }
                 */
                "application/json": components["schemas"]["SuspendBody"];
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
                     *       "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *       "role": "owner",
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["ChangedAnswer"];
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
                     *       "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *       "role": "owner",
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["ChangedAnswer"];
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
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: cross_origin, owner_protected, role_required */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CrossOrigin"] | components["schemas"]["OwnerProtected"] | components["schemas"]["RoleRequired"];
                };
            };
            /** @description Not Found: member_not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MemberNotFound"];
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
            /** @description Conflict: already_suspended, last_owner, own_account */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AlreadySuspended"] | components["schemas"]["LastOwner"] | components["schemas"]["OwnAccount"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    company_show_seats: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
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
                     *           "actor_id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *           "actor_name": "山田 太郎",
                     *           "at": "2026-11-24T04:05:06Z",
                     *           "by_vendor": true,
                     *           "change": 1,
                     *           "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *           "kind": "held",
                     *           "seat_limit": 3,
                     *           "subject_id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *           "subject_name": "山田 太郎",
                     *           "until": "2026-11-24T04:05:06Z",
                     *           "used": 3
                     *         }
                     *       ],
                     *       "next_cursor": "AZq-7vhfcAGKtRR2qXgqYg",
                     *       "seats": {
                     *         "accounts": 3,
                     *         "free": 3,
                     *         "invitations": 3,
                     *         "limit": 10,
                     *         "used": 3
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["LedgerAnswer"];
                };
            };
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
                };
            };
            /** @description Forbidden: role_required */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RoleRequired"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    invitations_accept: {
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
                 *       "department": "営業部",
                 *       "family_name": "山田",
                 *       "family_name_kana": "ヤマダ",
                 *       "given_name": "太郎",
                 *       "given_name_kana": "タロウ",
                 *       "job_title": "課長",
                 *       "phone": "090-0000-1001",
                 *       "token": "o2Vb1sXqGmTzKc0y7uJ5wHnQ3rEfLdPaZi8vYxCkB4M"
                 *     }
                 */
                "application/json": components["schemas"]["AcceptBody"];
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
                     *       "password_token": "o2Vb1sXqGmTzKc0y7uJ5wHnQ3rEfLdPaZi8vYxCkB4M",
                     *       "status": "approved"
                     *     }
                     */
                    "application/json": components["schemas"]["Approved"] | components["schemas"]["AwaitingApproval"];
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
                     *       "password_token": "o2Vb1sXqGmTzKc0y7uJ5wHnQ3rEfLdPaZi8vYxCkB4M",
                     *       "status": "opening"
                     *     }
                     */
                    "application/json": components["schemas"]["Opening"];
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
            /** @description Unauthorized: identity_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["IdentityRequired"];
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
            /** @description Unprocessable Content: invalid_request, invitation_link_invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidRequest"] | components["schemas"]["InvitationLinkInvalid"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    invitations_preview: {
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
                 *       "token": "o2Vb1sXqGmTzKc0y7uJ5wHnQ3rEfLdPaZi8vYxCkB4M"
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
                     *       "customer_name": "株式会社ヤマト商事",
                     *       "email": "taro.yamada@yamato-shoji.example",
                     *       "expires_at": "2026-11-24T04:05:06Z",
                     *       "invited_by": "山田 太郎",
                     *       "moves": true,
                     *       "person": {
                     *         "department": "営業部",
                     *         "family_name": "山田",
                     *         "family_name_kana": "ヤマダ",
                     *         "given_name": "太郎",
                     *         "given_name_kana": "タロウ",
                     *         "job_title": "課長",
                     *         "phone": "09000000001"
                     *       },
                     *       "role": "owner"
                     *     }
                     */
                    "application/json": components["schemas"]["InvitedAnswer"];
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
            /** @description Unauthorized: identity_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["IdentityRequired"];
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
            /** @description Unprocessable Content: invalid_request, invitation_link_invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidRequest"] | components["schemas"]["InvitationLinkInvalid"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    me_show: {
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
                     *       "created_at": "2026-11-24T04:05:06Z",
                     *       "customer": {
                     *         "code": "A-1001",
                     *         "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *         "name": "株式会社ヤマト商事"
                     *       },
                     *       "department": "営業部",
                     *       "email": "taro.yamada@yamato-shoji.example",
                     *       "email_change": {
                     *         "email": "taro.yamada@yamato-shoji.example",
                     *         "ends_at": "2026-11-24T04:05:06Z",
                     *         "state": "unconfirmed"
                     *       },
                     *       "family_name": "山田",
                     *       "family_name_kana": "ヤマダ",
                     *       "given_name": "太郎",
                     *       "given_name_kana": "タロウ",
                     *       "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *       "job_title": "課長",
                     *       "last_used_at": "2026-11-24T04:05:06Z",
                     *       "locale": "ja",
                     *       "phone": "09000000001",
                     *       "role": "owner",
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["MeAnswer"];
                };
            };
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    me_leave: {
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
                     *       "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *       "role": "owner",
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["ChangedAnswer"];
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
                     *       "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *       "role": "owner",
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["ChangedAnswer"];
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
            /** @description Unauthorized: account_not_active, fresh_sign_in_required, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["FreshSignInRequired"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
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
            /** @description Conflict: last_owner */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["LastOwner"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    me_update: {
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
                 *       "department": "営業部",
                 *       "family_name": "山田",
                 *       "family_name_kana": "ヤマダ",
                 *       "given_name": "太郎",
                 *       "given_name_kana": "タロウ",
                 *       "job_title": "課長",
                 *       "locale": "ja",
                 *       "phone": "090-0000-1001"
                 *     }
                 */
                "application/json": components["schemas"]["DetailsBody"];
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
                     *       "created_at": "2026-11-24T04:05:06Z",
                     *       "customer": {
                     *         "code": "A-1001",
                     *         "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *         "name": "株式会社ヤマト商事"
                     *       },
                     *       "department": "営業部",
                     *       "email": "taro.yamada@yamato-shoji.example",
                     *       "email_change": {
                     *         "email": "taro.yamada@yamato-shoji.example",
                     *         "ends_at": "2026-11-24T04:05:06Z",
                     *         "state": "unconfirmed"
                     *       },
                     *       "family_name": "山田",
                     *       "family_name_kana": "ヤマダ",
                     *       "given_name": "太郎",
                     *       "given_name_kana": "タロウ",
                     *       "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *       "job_title": "課長",
                     *       "last_used_at": "2026-11-24T04:05:06Z",
                     *       "locale": "ja",
                     *       "phone": "09000000001",
                     *       "role": "owner",
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["MeAnswer"];
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
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    me_request_email: {
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
                "application/json": components["schemas"]["EmailBody"];
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
                     *       "status": "requested"
                     *     }
                     */
                    "application/json": components["schemas"]["Requested"];
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
            /** @description Unauthorized: account_not_active, fresh_sign_in_required, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["FreshSignInRequired"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
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
            /** @description Too Many Requests: rate_limited, too_many_mails_of_company, too_many_mails_to_address */
            429: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RateLimited"] | components["schemas"]["TooManyMailsOfCompany"] | components["schemas"]["TooManyMailsToAddress"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    me_withdraw_email: {
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
            /** @description Unauthorized: account_not_active, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    me_confirm_email: {
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
                 *       "token": "o2Vb1sXqGmTzKc0y7uJ5wHnQ3rEfLdPaZi8vYxCkB4M"
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
                     *       "status": "changed"
                     *     }
                     */
                    "application/json": components["schemas"]["EmailAnswer"];
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
                     *       "status": "changed"
                     *     }
                     */
                    "application/json": components["schemas"]["EmailAnswer"];
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
            /** @description Unauthorized: identity_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["IdentityRequired"];
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
            /** @description Unprocessable Content: email_link_invalid, invalid_request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["EmailLinkInvalid"] | components["schemas"]["InvalidRequest"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    me_preview_email: {
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
                 *       "token": "o2Vb1sXqGmTzKc0y7uJ5wHnQ3rEfLdPaZi8vYxCkB4M"
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
                     *       "name": "山田 太郎",
                     *       "state": "pending"
                     *     }
                     */
                    "application/json": components["schemas"]["EmailLinkAnswer"] | components["schemas"]["ConfirmedAnswer"];
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
            /** @description Unauthorized: identity_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["IdentityRequired"];
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
            /** @description Unprocessable Content: email_link_invalid, invalid_request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["EmailLinkInvalid"] | components["schemas"]["InvalidRequest"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    email_stop_preview: {
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
                 *       "token": "o2Vb1sXqGmTzKc0y7uJ5wHnQ3rEfLdPaZi8vYxCkB4M"
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
                     *       "kind": "email_change",
                     *       "requested_at": "2026-11-24T04:05:06Z",
                     *       "state": "pending"
                     *     }
                     */
                    "application/json": components["schemas"]["StopAnswer"];
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
            /** @description Unauthorized: identity_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["IdentityRequired"];
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
            /** @description Unprocessable Content: email_link_invalid, invalid_request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["EmailLinkInvalid"] | components["schemas"]["InvalidRequest"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    email_stop_stop: {
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
                 *       "token": "o2Vb1sXqGmTzKc0y7uJ5wHnQ3rEfLdPaZi8vYxCkB4M"
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
                     *       "kind": "email_change",
                     *       "requested_at": "2026-11-24T04:05:06Z",
                     *       "state": "pending"
                     *     }
                     */
                    "application/json": components["schemas"]["StopAnswer"];
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
            /** @description Unauthorized: identity_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["IdentityRequired"];
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
            /** @description Conflict: address_changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AddressChanged"];
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
            /** @description Unprocessable Content: email_link_invalid, invalid_request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["EmailLinkInvalid"] | components["schemas"]["InvalidRequest"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    me_export_own: {
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
                     *         "created_at": "2026-11-24T04:05:06Z",
                     *         "customer": {
                     *           "code": "A-1001",
                     *           "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *           "name": "株式会社ヤマト商事"
                     *         },
                     *         "department": "営業部",
                     *         "email": "taro.yamada@yamato-shoji.example",
                     *         "email_change": {
                     *           "email": "taro.yamada@yamato-shoji.example",
                     *           "ends_at": "2026-11-24T04:05:06Z",
                     *           "state": "unconfirmed"
                     *         },
                     *         "family_name": "山田",
                     *         "family_name_kana": "ヤマダ",
                     *         "given_name": "太郎",
                     *         "given_name_kana": "タロウ",
                     *         "id": "019abeee-f85f-7001-8ab5-1476a9782a62",
                     *         "job_title": "課長",
                     *         "last_used_at": "2026-11-24T04:05:06Z",
                     *         "locale": "ja",
                     *         "phone": "09000000001",
                     *         "role": "owner",
                     *         "state": "active"
                     *       },
                     *       "audit_log": [
                     *         {
                     *           "action": "suspended",
                     *           "at": "2026-11-24T04:05:06Z",
                     *           "browser": "Chrome (Windows)",
                     *           "by_me": true,
                     *           "network": "192.0.2.0/24",
                     *           "reason": "on_leave",
                     *           "source": "owner",
                     *           "subject": "account"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ExportAnswer"];
                };
            };
            /** @description Unauthorized: account_not_active, fresh_sign_in_required, identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountNotActive"] | components["schemas"]["FreshSignInRequired"] | components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
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
            /** @description Unauthorized: identity_required, sign_in_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["IdentityRequired"] | components["schemas"]["SignInRequired"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    registrations_request: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A text chosen by the client; for 24 hours the same request takes effect once.
                 * @example 019abeee-f85f-7001-8ab5-1476a9782a62
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "customer_code": "A-1001",
                 *       "customer_phone": "03-0000-1001",
                 *       "department": "営業部",
                 *       "email": "taro.yamada@yamato-shoji.example",
                 *       "family_name": "山田",
                 *       "family_name_kana": "ヤマダ",
                 *       "given_name": "太郎",
                 *       "given_name_kana": "タロウ",
                 *       "job_title": "課長",
                 *       "phone": "03-0000-1001"
                 *     }
                 */
                "application/json": components["schemas"]["RegistrationBody"];
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
                     *       "expires_at": "2026-11-24T04:05:06Z",
                     *       "status": "accepted"
                     *     }
                     */
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description Bad Request: invalid_header, malformed_body, malformed_json */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidHeader"] | components["schemas"]["MalformedBody"] | components["schemas"]["MalformedJson"];
                };
            };
            /** @description Unauthorized: identity_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["IdentityRequired"];
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
            /** @description Conflict: idempotency_key_busy */
            409: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["IdempotencyKeyBusy"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    registrations_confirm: {
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
                 *       "token": "o2Vb1sXqGmTzKc0y7uJ5wHnQ3rEfLdPaZi8vYxCkB4M"
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
                     *       "password_token": "o2Vb1sXqGmTzKc0y7uJ5wHnQ3rEfLdPaZi8vYxCkB4M",
                     *       "status": "approved"
                     *     }
                     */
                    "application/json": components["schemas"]["Approved"] | components["schemas"]["AwaitingApproval"];
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
                     *       "password_token": "o2Vb1sXqGmTzKc0y7uJ5wHnQ3rEfLdPaZi8vYxCkB4M",
                     *       "status": "opening"
                     *     }
                     */
                    "application/json": components["schemas"]["Opening"];
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
            /** @description Unauthorized: identity_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["IdentityRequired"];
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
            /** @description Unprocessable Content: invalid_request, registration_link_invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidRequest"] | components["schemas"]["RegistrationLinkInvalid"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    registrations_preview: {
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
                 *       "token": "o2Vb1sXqGmTzKc0y7uJ5wHnQ3rEfLdPaZi8vYxCkB4M"
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
                     *       "family_name": "山田",
                     *       "given_name": "太郎",
                     *       "state": "pending"
                     *     }
                     */
                    "application/json": components["schemas"]["EnteredAnswer"] | components["schemas"]["ConfirmedAnswer"];
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
            /** @description Unauthorized: identity_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["IdentityRequired"];
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
            /** @description Unprocessable Content: invalid_request, registration_link_invalid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InvalidRequest"] | components["schemas"]["RegistrationLinkInvalid"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
    site_show: {
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
                    "Cache-Control": "public, max-age=300";
                    Vary: "Accept-Language";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accent": "#0a58ca",
                     *       "contact_hours": "平日 9:00〜17:00",
                     *       "contact_phone": "03-1234-5678",
                     *       "contact_url": "https://kei.example/contact",
                     *       "mail_from": "no-reply@kei.example",
                     *       "privacy_url": "https://kei.example/privacy",
                     *       "service_name": "ケイアイWEBサービス",
                     *       "terms_url": "https://kei.example/terms",
                     *       "vendor_name": "株式会社ケイアイ"
                     *     }
                     */
                    "application/json": components["schemas"]["SiteAnswer"];
                };
            };
            /** @description Unauthorized: identity_required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["IdentityRequired"];
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
            /** @description Service Unavailable: clocks_differ, keys_unavailable, temporarily_unavailable */
            503: {
                headers: {
                    /** @description The number of seconds to wait before the next attempt. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ClocksDiffer"] | components["schemas"]["KeysUnavailable"] | components["schemas"]["TemporarilyUnavailable"];
                };
            };
        };
    };
}
