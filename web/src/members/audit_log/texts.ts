import { texts } from "../../lib/i18n.svelte";

const ja = {
  title: "操作履歴",
  lead: "社内と弊社担当者の操作を、新しい順に表示します。書き換えや削除はできません。",
  save: "CSVで書き出す",
  saved: (name: string) => `${name} を保存しました`,
  savedText: "絞り込みにかかわらず、新しいものから最大1万件です。書き出したことも操作履歴に記録しました。",
  file: (day: string) => `操作履歴-${day}.csv`,
  by: "人",
  anyone: "すべての人",
  subject: "操作の種類",
  anything: "すべての操作",
  since: "開始日",
  until: "終了日",
  clear: "条件を解除",
  none: "条件に合う操作はありません。",
  earlier: "以前の操作",
  at: "日時",
  actor: "操作した人",
  event: "内容",
  target: "対象",
  place: "端末・接続元",
};

const en: typeof ja = {
  title: "Activity log",
  lead: "What your colleagues and the vendor's staff did, newest first. It cannot be changed or deleted.",
  save: "Save as CSV",
  saved: (name: string) => `${name} is saved`,
  savedText: "It has the newest 10,000 entries, whatever is filtered here. That you saved it is recorded too.",
  file: (day: string) => `activity-log-${day}.csv`,
  by: "Person",
  anyone: "Everyone",
  subject: "Kind",
  anything: "Everything",
  since: "From",
  until: "To",
  clear: "Clear the filters",
  none: "Nothing matches.",
  earlier: "Earlier entries",
  at: "Time",
  actor: "By",
  event: "What",
  target: "About",
  place: "Device and network",
};

export const t = texts({ ja, en });
