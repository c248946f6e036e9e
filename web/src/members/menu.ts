/** The account menu's entries, in order. `about` says in a few words what one does there. */
import type { Session } from "../lib/session.svelte";

export type Entry = { path: string; words: () => string; about: () => string; shown: (who: Session) => boolean };

const ENTRIES: Entry[] = [];

export function menu(who: Session): Entry[] {
  return ENTRIES.filter(({ shown }) => shown(who));
}
