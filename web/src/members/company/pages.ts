/** The pages of 社内アカウント管理, in order; docs/permissions.md says who may see what they show. */
import type { Session } from "../../lib/session.svelte";
import { t } from "./texts";

export type Role = Session["role"];

const ALL: Role[] = ["staff", "admin", "owner"];

const PAGES: { path: string; words: () => string; roles: Role[] }[] = [
  { path: "/members", words: () => t().pages.members, roles: ALL },
];

/** The pages that somebody of this role may see. */
export function pagesFor(role: Role) {
  return PAGES.filter(({ roles }) => roles.includes(role));
}
