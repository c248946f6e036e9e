import { texts } from "../lib/i18n.svelte";

const ja = {
  top: "トップページ",
  topText: "はじめの画面に戻ります。",
  account: "アカウント情報",
  accountText: "氏名、メールアドレス、パスワードなど",
  notSignedOut: "ログアウトできませんでした。通信状況をご確認のうえ、もう一度お試しください。",
};

const en: typeof ja = {
  top: "Top page",
  topText: "Back to the first page.",
  account: "Your account",
  accountText: "Name, email address, password and more",
  notSignedOut: "You could not be signed out. Check your connection and try again.",
};

export const t = texts({ ja, en });
