import { texts } from "../lib/i18n.svelte";

const ja = {
  top: "トップページ",
  topText: "はじめの画面に戻ります。",
  account: "アカウント情報",
  accountText: "氏名、メールアドレス、パスワードなど",
  company: "社内アカウント管理",
  companyText: "メンバーの一覧、停止や削除など",
  notSignedOut: "ログアウトできませんでした。通信状況をご確認のうえ、もう一度お試しください。",
};

const en: typeof ja = {
  top: "Top page",
  topText: "Back to the first page.",
  account: "Your account",
  accountText: "Name, email address, password and more",
  company: "Company accounts",
  companyText: "The list of members, suspension, deletion and more",
  notSignedOut: "You could not be signed out. Check your connection and try again.",
};

export const t = texts({ ja, en });
