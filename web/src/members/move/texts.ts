import { texts } from "../../lib/i18n.svelte";

const ja = {
  question: (name: string) => `${name} さんのアカウントを新しいメールアドレスに移しますか`,
  text: "いまのメールアドレスを受信できなくなった場合に、アカウントを作り直します。席、権限、履歴は、新しいアカウントに引き継ぎます。",
  newEmail: "新しいメールアドレス",
  newEmailHelp: "会社または組織で取得しているメールアドレスを入力してください。",
  enterEmail: "新しいメールアドレスを入力してください。",
  sameEmail: "いまのメールアドレスと同じです。",
  told: "新しいメールアドレスで確認が済むまでは、何も変わりません。いまのメールアドレスにもお知らせします。",
  send: "確認メールを送信",
  requested: (email: string) => `${email} に確認のメールをお送りしました`,
  requestedText: (moment: string) => `${moment}までに、メールのURLを開いてください。確認が済むと、いまのアカウントは使えなくなります。`,
};

const en: typeof ja = {
  question: (name: string) => `Move the account of ${name} to a new email address?`,
  text: "Where the present address cannot receive mail any more, the account is made anew. The new one takes over seat, role and history.",
  newEmail: "New email address",
  newEmailHelp: "Enter an address of your company or organisation.",
  enterEmail: "Enter the new email address.",
  sameEmail: "This is the present address.",
  told: "Nothing changes until the new address is confirmed. The present address is told too.",
  send: "Send confirmation email",
  requested: (email: string) => `An email to confirm was sent to ${email}`,
  requestedText: (moment: string) => `The link in it has to be opened by ${moment}. Then the present account ends.`,
};

export const t = texts({ ja, en });
