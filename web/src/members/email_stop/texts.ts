import { texts } from "../../lib/i18n.svelte";

const ja = {
  change: {
    title: "メールアドレス変更の取り消し",
    lead: "ログインせずに、受け付けた変更を取り消せます。",
    name: "メールアドレスの変更",
    effect: "取り消すと、新しいメールアドレスに届いたURLは使えなくなり、メールアドレスは変わりません。",
    stop: "変更を取り消す",
    keep: "ご自身で変更を申し込まれた場合は、この画面を閉じてください。",
    stopped: ["メールアドレスの変更を取り消しました", "メールアドレスは変わっていません。これまでどおりログインできます。"],
    ended: ["この変更は終了しています", "メールアドレスは変わっていません。ご対応は必要ありません。"],
    done: ["メールアドレスはすでに変更されています", "この画面では取り消せません。"],
  },
  move: {
    title: "アカウント再作成の取り消し",
    lead: "ログインせずに、受け付けた手続きを取り消せます。",
    name: "別のメールアドレスでのアカウントの再作成",
    effect: "取り消すと、今のアカウントをこれまでどおりお使いいただけます。",
    stop: "再作成を取り消す",
    keep: "このメールアドレスを使わなくなる場合は、この画面を閉じてください。",
    stopped: ["アカウントの再作成を取り消しました", "今のアカウントを、これまでどおりお使いいただけます。"],
    ended: ["この手続きは終了しています", "アカウントは再作成されていません。ご対応は必要ありません。"],
    done: ["アカウントはすでに再作成されています", "この画面では取り消せません。"],
  },
  requested: "受け付けた手続き",
  requestedAt: "受付日時",
  reset: "第三者がアカウントを利用している可能性があります。続けて、パスワードの再設定をお申し込みください。",
  toReset: "パスワードの再設定へ",
  contact: "すぐに、社内の管理者または弊社までご連絡ください。",
  toTop: "トップページへ",
};

const en: typeof ja = {
  change: {
    title: "Cancel the change of address",
    lead: "You can cancel the requested change without signing in.",
    name: "Change of email address",
    effect: "The link sent to the new address then stops working, and your address stays as it is.",
    stop: "Cancel the change",
    keep: "If you asked for the change yourself, close this page.",
    stopped: ["The change of address is cancelled", "Your address has not changed. Sign in as before."],
    ended: ["This change has ended", "Your address has not changed. You need not do anything."],
    done: ["Your address has been changed already", "It cannot be cancelled here."],
  },
  move: {
    title: "Cancel the new account",
    lead: "You can cancel the request without signing in.",
    name: "A new account with another email address, in place of yours",
    effect: "You then go on using your present account as before.",
    stop: "Cancel the request",
    keep: "If you are going to give up this address, close this page.",
    stopped: ["The request is cancelled", "You can use your present account as before."],
    ended: ["This request has ended", "Your account was not recreated. You need not do anything."],
    done: ["Your account has been recreated already", "It cannot be cancelled here."],
  },
  requested: "Request",
  requestedAt: "Received",
  reset: "Another person may be using your account. Ask for a password reset next.",
  toReset: "Reset the password",
  contact: "Contact your company's administrator or us right away.",
  toTop: "To the top page",
};

export const t = texts({ ja, en });
