import { texts } from "../../lib/i18n.svelte";

const ja = {
  title: "承認待ち",
  lead: "承認が必要な登録と、メールアドレスの変更です。承認すると、利用を許可したことが操作履歴に記録されます。",
  none: "承認待ちのお申し込みはありません。",
  noneText: "新しいお申し込みがあると、代表者と管理者にメールでお知らせします。",
  toMembers: "メンバーの一覧へ",
  kinds: {
    registration: (name: string) => `${name} さんの登録`,
    email_change: (name: string) => `${name} さんのメールアドレスの変更`,
  },
  kana: (kana: string) => `（${kana}）`,
  email: "メールアドレス",
  currentEmail: "いまのメールアドレス",
  newEmail: "新しいメールアドレス",
  phone: "電話番号",
  since: "申し込み日時",
  reasons: "承認が必要な理由",
  why: {
    unknown_customer: "お客様コードが一致しません。",
    phone_mismatch: "会社の電話番号が一致しません。",
    personal_address: "個人のメールアドレスです。利用には、代表者または責任者の許可が必要です。",
    foreign_domain: "会社で登録しているドメインのメールアドレスではありません。",
    seats_full: "お申し込みの時点で、空きがありませんでした。",
    probable_double: "同じ方のアカウントがすでにある可能性があります。",
  },
  double: "同じ方のアカウントがすでにある可能性があります",
  doubleText: "原則として、1名につき1アカウントの登録をお願いしています。下の表で比べてください。",
  doubleSuspended: "停止中のアカウントと同じ方であれば、今回のお申し込みを却下し、再開を弊社にお電話でご依頼ください。履歴はそのまま使えます。",
  compared: "今回のお申し込みと登録済みのアカウントの比較",
  thisRequest: "今回のお申し込み",
  existing: "登録済みのアカウント",
  same: "一致",
  state: "状態",
  waits: "承認待ち",
  lastUsed: "最終利用日時",
  mine: "ご自身のお申し込みは、ほかの代表者または管理者が決定します。",
  verbs: { approve: "承認", reject: "却下" },
  of: (name: string) => `（${name} さん）`,
  ask: {
    approve: {
      question: {
        registration: (name: string) => `${name} さんの登録を承認しますか`,
        email_change: (name: string) => `${name} さんのメールアドレスの変更を承認しますか`,
      },
      yes: "はい、承認する",
      text: {
        registration: "席を1名分使います。承認すると、ご本人にメールでお知らせします。",
        email_change: "新しいメールアドレスでログインするようになります。ご本人にメールでお知らせします。",
      },
    },
    reject: {
      question: {
        registration: (name: string) => `${name} さんの登録を却下しますか`,
        email_change: (name: string) => `${name} さんのメールアドレスの変更を却下しますか`,
      },
      yes: "はい、却下する",
      text: {
        registration: "ご本人に、理由と補足をメールでお知らせします。入力された情報は消去します。",
        email_change: "ご本人に、理由と補足をメールでお知らせします。メールアドレスは変わりません。",
      },
    },
  },
  twoAccounts: "同じ方であれば、1名で2つのアカウントを持つことになります。",
  reason: "却下の理由",
  chooseReason: "却下の理由を選んでください。",
  rejections: {
    not_a_colleague: "社内の者ではない",
    not_permitted: "利用を許可していない",
    duplicate: "すでにアカウントがある",
    other: "その他",
  },
  note: "補足",
  noteHelp: "お申し込みになった方へのメールに、そのまま載ります。",
  done: {
    approve: {
      registration: {
        heading: (name: string) => `${name} さんの登録を承認しました`,
        text: "ご本人に、パスワードを設定するためのメールをお送りしました。",
      },
      email_change: {
        heading: (name: string) => `${name} さんのメールアドレスの変更を承認しました`,
        text: "ご本人にメールでお知らせしました。",
      },
    },
    reject: {
      registration: {
        heading: (name: string) => `${name} さんの登録を却下しました`,
        text: "ご本人に、理由をメールでお知らせしました。",
      },
      email_change: {
        heading: (name: string) => `${name} さんのメールアドレスの変更を却下しました`,
        text: "ご本人に、理由をメールでお知らせしました。",
      },
    },
  },
  overtaken: (name: string) => `${name} さんのお申し込みは、すでに終了しています`,
  overtakenText: "ほかの方が承認または却下したか、期限が切れました。今回の操作は反映していません。",
};

const en: typeof ja = {
  title: "Approvals",
  lead: "Registrations and changes of address that need approval. An approval is recorded in the activity log as your company's permission.",
  none: "Nothing waits for approval.",
  noneText: "When someone asks, representatives and administrators get an email.",
  toMembers: "To the list of members",
  kinds: {
    registration: (name: string) => `${name}: registration`,
    email_change: (name: string) => `${name}: change of email address`,
  },
  kana: (kana: string) => ` (${kana})`,
  email: "Email address",
  currentEmail: "Present address",
  newEmail: "New address",
  phone: "Phone number",
  since: "Asked",
  reasons: "Why it needs approval",
  why: {
    unknown_customer: "The customer code does not match.",
    phone_mismatch: "The company's phone number does not match.",
    personal_address: "It is a personal address, which a representative or administrator has to permit.",
    foreign_domain: "The address is not of a domain that your company has registered.",
    seats_full: "There was no free seat when the person registered.",
    probable_double: "The person probably has an account already.",
  },
  double: "This person probably has an account already",
  doubleText: "In principle each person has one account. Compare them below.",
  doubleSuspended: "If it is the person of the suspended account, reject this request and call us to resume that account. Its history is kept.",
  compared: "This request and the existing accounts",
  thisRequest: "This request",
  existing: "Existing account",
  same: "Same",
  state: "State",
  waits: "Waits",
  lastUsed: "Last used",
  mine: "Another representative or administrator decides on your own request.",
  verbs: { approve: "Approve", reject: "Reject" },
  of: (name: string) => ` (${name})`,
  ask: {
    approve: {
      question: {
        registration: (name: string) => `Approve the registration of ${name}?`,
        email_change: (name: string) => `Approve the change of address of ${name}?`,
      },
      yes: "Yes, approve",
      text: {
        registration: "It takes one seat. We tell the person by email.",
        email_change: "From then on the person signs in with the new address. We tell them by email.",
      },
    },
    reject: {
      question: {
        registration: (name: string) => `Reject the registration of ${name}?`,
        email_change: (name: string) => `Reject the change of address of ${name}?`,
      },
      yes: "Yes, reject",
      text: {
        registration: "We tell the person the reason and your note by email, and erase what they entered.",
        email_change: "We tell the person the reason and your note by email. The address stays as it is.",
      },
    },
  },
  twoAccounts: "If it is the same person, they will have two accounts.",
  reason: "Reason",
  chooseReason: "Choose a reason.",
  rejections: {
    not_a_colleague: "Not a colleague",
    not_permitted: "Use is not permitted",
    duplicate: "Has an account already",
    other: "Other",
  },
  note: "Note",
  noteHelp: "The email to the person contains it word for word.",
  done: {
    approve: {
      registration: {
        heading: (name: string) => `The registration of ${name} is approved`,
        text: "We have sent the person an email for setting a password.",
      },
      email_change: {
        heading: (name: string) => `The change of address of ${name} is approved`,
        text: "We have told the person by email.",
      },
    },
    reject: {
      registration: {
        heading: (name: string) => `The registration of ${name} is rejected`,
        text: "We have told the person the reason by email.",
      },
      email_change: {
        heading: (name: string) => `The change of address of ${name} is rejected`,
        text: "We have told the person the reason by email.",
      },
    },
  },
  overtaken: (name: string) => `The request of ${name} has already ended`,
  overtakenText: "Someone else approved or rejected it, or it expired. What you just did had no effect.",
};

export const t = texts({ ja, en });
