import { texts } from "../../lib/i18n.svelte";

const ja = {
  subject: "メールアドレスの変更",
  title: "新しいメールアドレスの確認",
  lead: "アカウントのメールアドレスを、このメールを受け取ったメールアドレスに変更します。",
  whatChanges: "変更の後は、新しいメールアドレスでログインします。パスワードは変わりません。",
  whenApproval: "会社のメールアドレスではない場合は、会社の代表者、責任者・管理者、または弊社の承認の後に変更します。",
  change: "メールアドレスを変更",
  notYou: "心当たりがない場合は、この画面を閉じてください。アカウントは変更されません。",
  changingTitle: "メールアドレスを変更しています",
  changing: "まもなく済みます。このままお待ちください。",
  changedTitle: "メールアドレスを変更しました",
  changed: "これからは、新しいメールアドレスでログインしてください。変更前と変更後のメールアドレスに、お知らせをお送りします。",
  awaitingTitle: "承認をお待ちください",
  awaiting: "新しいメールアドレスを確認しました。会社のメールアドレスではないため、承認の後に変更します。それまでは、これまでのメールアドレスでログインしてください。",
  decides: "承認する方",
  decidesWho: "会社の代表者、責任者・管理者、または弊社",
  told: "結果のお知らせ",
  toldHow: "メールでお送りします。",
  endedTitle: "このURLは無効です",
  ended: "有効期限が切れているか、取り消されたか、新しいお手続きがあります。メールアドレスは変更されません。",
  endedNext: "変更をご希望の場合は、これまでのメールアドレスでログインし、もう一度お手続きください。",
  toTop: "トップページへ",
};

const en: typeof ja = {
  subject: "Change of email address",
  title: "Confirm your new email address",
  lead: "The address of your account will be changed to the one at which you received the email.",
  whatChanges: "From then on you sign in with the new address. Your password stays the same.",
  whenApproval:
    "If the address does not belong to your company, it is changed once a representative or administrator of your company or our staff have approved it.",
  change: "Change the address",
  notYou: "If you did not ask for this, close this page. No account will be changed.",
  changingTitle: "Your address is being changed",
  changing: "This takes a moment. Keep this page open.",
  changedTitle: "Your email address is changed",
  changed: "Sign in with the new address from now on. We tell both the old and the new address about the change.",
  awaitingTitle: "The change needs approval",
  awaiting:
    "Your new address is confirmed. It does not belong to your company, so it is changed once it is approved. Until then sign in with your present address.",
  decides: "Decided by",
  decidesWho: "A representative or administrator of your company, or our staff",
  told: "How you will know",
  toldHow: "We send you the result by email.",
  endedTitle: "This link is not valid",
  ended: "It has expired, was cancelled, or there is a newer request. Your address is not changed.",
  endedNext: "If you want to change it, sign in with your present address and ask again.",
  toTop: "To the top page",
};

export const t = texts({ ja, en });
