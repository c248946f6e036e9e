import { texts } from "../../lib/i18n.svelte";

const ja = {
  openingTitle: "アカウントを準備しています",
  opening: "準備が済むと、パスワードの設定に進みます。このままお待ちください。",
  openingLater: "画面を閉じた場合は、メールのURLをもう一度開いてください。",
  awaitingTitle: "承認をお待ちください",
  awaiting: "メールアドレスを確認しました。ご利用の開始には、承認が必要です。承認されるまで、ログインはできません。",
  decides: "承認する方",
  decidesWho: "会社の代表者、責任者・管理者、または弊社",
  told: "結果のお知らせ",
  toldHow: "このメールアドレスに、メールでお送りします。承認のメールにあるURLで、パスワードを設定できます。",
  until: "期限",
  untilWhen: "14日間承認されない場合は、終了をお知らせし、入力内容を消去します。",
  hurry: "お急ぎの場合は、会社の代表者または責任者に、お申し込みになったことをお伝えください。",
  toTop: "トップページへ",
  knownTitle: "登録は済んでいます",
  known: "アカウントのパスワードは設定済みです。メールアドレスとパスワードでログインしてください。",
};

const en: typeof ja = {
  openingTitle: "Your account is being prepared",
  opening: "You can choose a password as soon as it is ready. Keep this page open.",
  openingLater: "If you have closed the page, open the link in the email again.",
  awaitingTitle: "Your registration needs approval",
  awaiting: "Your email address is confirmed. You can sign in once your registration is approved.",
  decides: "Decided by",
  decidesWho: "A representative or administrator of your company, or our staff",
  told: "How you will know",
  toldHow: "We send the result to this address. If it is approved, the email has a link to choose your password.",
  until: "Until",
  untilWhen: "Without a decision in 14 days the registration ends. We tell you so by email and delete what you entered.",
  hurry: "If it is urgent, tell a representative of your company that you have registered.",
  toTop: "To the top page",
  knownTitle: "You are registered already",
  known: "Your account has a password. Sign in with your email address and password.",
};

export const t = texts({ ja, en });
