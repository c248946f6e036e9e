/** The list of members as its address asks for it. */
import type { components } from "../../api/membership";
import { call, type Result } from "../../lib/client";
import { go, place } from "../../lib/router.svelte";

export type Member = components["schemas"]["MemberAnswer"];
export type Listed = { items: Member[]; found: number };

/** What the address asks for; `most` is how many members are shown at most. */
export type Wish = { q: string; state: string; order: string; most: number };

const PAGE = 100;
const PLAIN: Wish = { q: "", state: "", order: "joined", most: PAGE };

export const ORDERS = ["joined", "name", "last_used"] as const;
export const STATES = ["active", "suspended"] as const;

export function wish(): Wish {
  const asked = new URLSearchParams(place.search);
  const oneOf = (name: "state" | "order", known: readonly string[]) => known.find((one) => one === asked.get(name)) ?? PLAIN[name];
  return {
    q: asked.get("q") ?? PLAIN.q,
    state: oneOf("state", STATES),
    order: oneOf("order", ORDERS),
    most: Math.max(PAGE, Number(asked.get("most")) || PAGE),
  };
}

/** Whether the list is not that of all members. */
export function filtered({ q, state }: Wish): boolean {
  return !!(q || state);
}

/** Ask for something else: the address says it, so that a reload and a way back keep it. */
export function wishFor(change: Partial<Wish>): void {
  const wished = { ...wish(), most: PAGE, ...change };
  const kept = Object.entries(wished).filter(([name, value]) => value !== PLAIN[name as keyof Wish]);
  const search = new URLSearchParams(kept.map(([name, value]) => [name, String(value)]));
  go(search.size ? `${place.path}?${search}` : place.path, { replace: true });
}

export function moreThan(shown: number): number {
  return shown + PAGE;
}

/** Read as many pages as the wish needs. */
export async function readList({ most, ...query }: Wish): Promise<Result<Listed>> {
  const items: Member[] = [];
  let cursor: string | undefined;
  for (;;) {
    const result = await call("get", "/api/membership/company/members", { query: { ...query, cursor, limit: String(PAGE) } });
    if (!result.ok) return result;
    items.push(...result.body.items);
    cursor = result.body.next_cursor ?? undefined;
    if (!cursor || items.length >= most) return { ...result, body: { items, found: result.body.found } };
  }
}
