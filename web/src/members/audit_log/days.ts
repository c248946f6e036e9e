/** The heading of a day in the log: `2026/11/30（月）`. */
import { language } from "../../lib/i18n.svelte";
import { writeDay } from "../../lib/times";

const ZONE = { timeZone: "Asia/Tokyo", weekday: "short" } as const;
const WEEKDAYS = { ja: new Intl.DateTimeFormat("ja", ZONE), en: new Intl.DateTimeFormat("en", ZONE) };

export function writeWeekday(moment: string): string {
  const weekday = WEEKDAYS[language()].format(new Date(moment));
  return language() === "ja" ? `${writeDay(moment)}（${weekday}）` : `${writeDay(moment)} (${weekday})`;
}
