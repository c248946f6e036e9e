import { texts } from "../../lib/i18n.svelte";

const ja = {
  title: "お取引先様のためのWEBサービス",
  lead: "弊社のWEBサービスは、既存のお取引がある事業者（法人・学校などの団体・個人事業主）様のみご利用いただけます。既存のお客様はいつでもご登録いただけます。",
  how: "画面右上の「ログイン」から「新規登録」を選択し、必要事項を入力して送信してください。",
  register: "新規登録",
  stepsHeading: "ご登録の流れ",
  steps: ["画面右上の「ログイン」を押す", "「新規登録」を選択し、必要事項を送信する", "届いたメールで、メールアドレスを確認する", "パスワードを決める"],
  oneEachHeading: "1名に1アカウント",
  oneEach: "1社あたり最大10名分のアカウントを作成できます。担当者ごとに管理でき、退職や異動のときも社内で削除や権限変更ができます。",
  presenceHeading: "在席確認",
  presence: "不正利用防止のため、ログイン時に不定期で在席の確認を行っています。会社のメールに届く確認コードで、すぐに済みます。",
  browsers: "対応ブラウザー　PC：Google Chrome、Microsoft Edge、Safari、Firefox　スマートフォン：Safari、Google Chrome",
  noExplorer: "※Internet Explorerはサポートしておりません。",
};

const en: typeof ja = {
  title: "The web service for our business customers",
  lead: "This service is for customers who already trade with us: companies, schools and other organisations, and sole proprietors. As one of them you can register at any time.",
  how: "Press “Sign in” at the top right, choose “Register”, and send the form.",
  register: "Register",
  stepsHeading: "How to register",
  steps: ["Press “Sign in” at the top right", "Choose “Register” and send the form", "Confirm your address with the email that arrives", "Choose a password"],
  oneEachHeading: "One account each",
  oneEach: "A company can have up to 10 accounts. Each person works with their own, and when a colleague leaves or moves on, you delete the account or change its role yourselves.",
  presenceHeading: "Presence check",
  presence: "To prevent misuse, we ask at irregular moments whether you are there when you sign in. A code in an email to your company address is all it takes.",
  browsers: "Browsers: Google Chrome, Microsoft Edge, Safari and Firefox on a PC; Safari and Google Chrome on a phone",
  noExplorer: "Internet Explorer is not supported.",
};

export const t = texts({ ja, en });
