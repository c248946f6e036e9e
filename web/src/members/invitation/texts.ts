import { texts } from "../../lib/i18n.svelte";

const ja = {
  invitation: {
    title: "社内アカウントへのご招待",
    lead: (company: string) => `${company}の社内アカウントに招待されました。`,
    after: "",
    accept: "招待を受ける",
    next: "続けて、ログインに使うパスワードを設定します。",
    notYou: "心当たりがない場合は、この画面を閉じてください。アカウントは作られません。",
  },
  move: {
    title: "アカウントの再作成",
    lead: (company: string) => `${company}の社内アカウントを、このメールアドレスで再作成します。`,
    after: "権限と履歴は、新しいアカウントに引き継がれます。これまでのアカウントでは、ログインできなくなります。",
    accept: "アカウントを再作成",
    next: "続けて、新しいパスワードを設定します。",
    notYou: "心当たりがない場合は、この画面を閉じてください。アカウントは変更されません。",
  },
  company: "会社名",
  email: "メールアドレス",
  role: "権限",
  until: "期限",
  untilEnd: " まで",
  phone: "電話番号",
  endedTitle: "この招待は終了しています",
  ended: [
    "期限が切れたか、取り消された場合は、招待した方に招待の再送をご依頼ください。",
    "すでに登録した場合は、ログインしてください。パスワードをまだ設定していない場合は、パスワードの再設定をお申し込みください。",
    "承認を待っている場合は、結果をメールでお知らせします。",
  ],
};

const en: typeof ja = {
  invitation: {
    title: "Invitation",
    lead: (company: string) => `You have been invited to join ${company}.`,
    after: "",
    accept: "Accept the invitation",
    next: "Next you choose the password for signing in.",
    notYou: "If you did not expect this, close this page. No account will be made.",
  },
  move: {
    title: "Recreate your account",
    lead: (company: string) => `Your account at ${company} will be recreated with this email address.`,
    after: "The new account takes over your role and history. You can no longer sign in with the old one.",
    accept: "Recreate the account",
    next: "Next you choose a new password.",
    notYou: "If you did not expect this, close this page. No account will be changed.",
  },
  company: "Company",
  email: "Email address",
  role: "Role",
  until: "Valid until",
  untilEnd: "",
  phone: "Phone number",
  endedTitle: "This invitation has ended",
  ended: [
    "If it has expired or was withdrawn, ask the person who invited you to send it again.",
    "If you have registered with it, sign in. If you have not chosen a password yet, ask for a password reset.",
    "If it is waiting for approval, we will tell you the result by email.",
  ],
};

export const t = texts({ ja, en });
