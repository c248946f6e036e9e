/** The list of members as its address asks for it. */
import type { components } from "../../api/membership";
import { call, type Result } from "../../lib/client";
import { go, place } from "../../lib/router.svelte";

export type Member = components["schemas"]["MemberAnswer"];
export type Listed = { items: Member[]; found: number };

/** What the address asks for; `most` is how many members are shown at most. */
export type Wish = { q: string; state: string; role: string; department: string; order: string; most: number };

const PAGE = 100;
const PLAIN: Wish = { q: "", state: "", role: "", department: "", order: "joined", most: PAGE };

export const ORDERS = ["joined", "name", "last_used"] as const;
export const STATES = ["active", "suspended"] as const;
export const ROLES = ["owner", "admin", "staff"] as const;
const KNOWN: Record<"state" | "role" | "order", readonly string[]> = { state: STATES, role: ROLES, order: ORDERS };

export const fullName = (member: Member) => `${member.family_name} ${member.given_name}`;
export const details = (member: Member) => `${member.department} ${member.job_title}`.trim();
export const reading = (member: Member) => `${member.family_name_kana} ${member.given_name_kana}`.trim();

export function wish(): Wish {
  const asked = new URLSearchParams(place.search);
  const known = (name: keyof typeof KNOWN) => KNOWN[name].find((one) => one === asked.get(name)) ?? PLAIN[name];
  const most = Number(asked.get("most")) || PAGE;
  return {
    q: asked.get("q") ?? "",
    state: known("state"),
    role: known("role"),
    department: asked.get("department") ?? "",
    order: known("order"),
    most: Math.max(PAGE, most),
  };
}

/** Whether the list may lack members. */
export function filtered({ q, state, role, department }: Wish): boolean {
  return !!(q || state || role || department);
}

/** Ask for something else: the address says it, so that a reload and a way back keep it. */
export function wishFor(change: Partial<Wish>): void {
  const wished = { ...wish(), most: PAGE, ...change };
  const kept = Object.entries(wished).filter(([name, value]) => value !== PLAIN[name as keyof Wish]);
  const search = new URLSearchParams(kept.map(([name, value]) => [name, String(value)]));
  go(search.size ? `${place.path}?${search}` : place.path, { replace: true });
}

/** The number to show that adds a page to those that are shown. */
export function moreThan(shown: number): number {
  return shown + PAGE;
}

/** Read as many pages as the wish needs. */
export async function readList({ most, ...query }: Partial<Wish>): Promise<Result<Listed>> {
  const items: Member[] = [];
  let cursor: string | undefined;
  for (;;) {
    const result = await call("get", "/api/membership/company/members", { query: { ...query, cursor, limit: String(PAGE) } });
    if (!result.ok) return result;
    items.push(...result.body.items);
    cursor = result.body.next_cursor ?? undefined;
    if (!cursor || items.length >= (most ?? Infinity)) return { ...result, body: { items, found: result.body.found } };
  }
}
