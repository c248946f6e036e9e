/** How soon an invitation lapses, in days of the vendor's calendar. */
import { writeDay } from "../../lib/times";

const DAY_MS = 24 * 60 * 60 * 1000;

/** 0 if it lapses today, 1 if tomorrow. */
export function daysUntil(moment: string): number {
  const day = (date: Date) => Date.parse(`${writeDay(date).replaceAll("/", "-")}T00:00:00Z`);
  return Math.round((day(new Date(moment)) - day(new Date())) / DAY_MS);
}
