/** The account menu's entries, in order. `about` says in a few words what one does there. */
import type { Session } from "../lib/session.svelte";
import { t } from "./texts";

export type Entry = { path: string; words: () => string; about: () => string; shown: (who: Session) => boolean };

const ENTRIES: Entry[] = [
  { path: "/account", words: () => t().account, about: () => t().accountText, shown: () => true },
  { path: "/members", words: () => t().company, about: () => t().companyText, shown: () => true },
];

export function menu(who: Session): Entry[] {
  return ENTRIES.filter(({ shown }) => shown(who));
}
