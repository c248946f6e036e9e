import { texts } from "../lib/i18n.svelte";

const ja = {
  title: "ページが見つかりません",
  text: "アドレスをご確認ください。ページが移動したか、削除された可能性があります。",
  toTop: "トップページへ",
};

const en: typeof ja = {
  title: "Page not found",
  text: "Check the address. The page may have moved or been deleted.",
  toTop: "To the top page",
};

export const t = texts({ ja, en });
