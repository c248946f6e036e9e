/** Words that several screens share. Each folder of screens has its own `texts.ts` besides. */
import { texts } from "./i18n.svelte";

const ja = {
  site: {
    name: "WEBサービス",
    skip: "本文へ移動",
    signIn: "ログイン",
    otherLanguage: "English",
    menu: "アカウントメニュー",
    signOut: "ログアウト",
    honorific: (name: string) => `${name} さん`,
  },
  form: {
    required: "※必須",
    optional: "任意",
    show: "表示",
    hide: "隠す",
    showPassword: "パスワード 表示",
    sending: "送信しています…",
    check: "入力内容をご確認ください",
    errorTitle: (title: string) => `エラー：${title.replace(/^エラー：/, "")}`,
    requestId: (id: string) => `受付番号：${id}`,
    retryAt: (clock: string) => `${clock}からもう一度お試しいただけます。`,
  },
  reasons: {
    left: "退職",
    on_leave: "休職・休業",
    misuse: "不正な利用",
    lost_device: "端末の紛失",
    other: "その他",
  },
  problems: {
    offline: ["通信できませんでした", "インターネットの接続をご確認のうえ、もう一度お試しください。入力内容はそのまま残っています。"],
    timeout: ["応答に時間がかかっています", "通信状況をご確認のうえ、もう一度お試しください。"],
    unreadable: ["お手続きできませんでした", "しばらくしてからもう一度お試しください。"],
    other: ["お手続きできませんでした", "しばらくしてからもう一度お試しください。解決しない場合は、弊社までご連絡ください。"],
  },
};

const en: typeof ja = {
  site: {
    name: "Web service",
    skip: "Skip to the content",
    signIn: "Sign in",
    otherLanguage: "日本語",
    menu: "Account menu",
    signOut: "Sign out",
    honorific: (name: string) => name,
  },
  form: {
    required: "required",
    optional: "optional",
    show: "Show",
    hide: "Hide",
    showPassword: "Show password",
    sending: "Sending…",
    check: "Check what you entered",
    errorTitle: (title: string) => `Error: ${title.replace(/^Error: /, "")}`,
    requestId: (id: string) => `Reference number: ${id}`,
    retryAt: (clock: string) => `You can try again from ${clock}.`,
  },
  reasons: {
    left: "Left the company",
    on_leave: "On leave",
    misuse: "Misuse",
    lost_device: "Lost device",
    other: "Other",
  },
  problems: {
    offline: ["No connection", "Check your internet connection and try again. What you entered is still here."],
    timeout: ["The answer takes too long", "Check your connection and try again."],
    unreadable: ["This could not be done", "Try again later."],
    other: ["This could not be done", "Try again later. If it does not help, contact us."],
  },
};

export const t = texts({ ja, en });
