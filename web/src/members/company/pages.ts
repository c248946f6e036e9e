/** The pages of 社内アカウント管理, in order; docs/permissions.md says who may see what they show. */
import type { Session } from "../../lib/session.svelte";
import { t } from "./texts";

export type Role = Session["role"];

const ALL: Role[] = ["staff", "admin", "owner"];
const MANAGERS: Role[] = ["admin", "owner"];

const PAGES: { path: string; words: () => string; roles: Role[] }[] = [
  { path: "/members", words: () => t().pages.members, roles: ALL },
  { path: "/members/invitations", words: () => t().pages.invitations, roles: MANAGERS },
  { path: "/members/approvals", words: () => t().pages.approvals, roles: MANAGERS },
  { path: "/members/seats", words: () => t().pages.seats, roles: MANAGERS },
  { path: "/members/audit-log", words: () => t().pages.audit_log, roles: ["owner"] },
];

/** The pages that a role may see. */
export function pagesFor(role: Role) {
  return PAGES.filter(({ roles }) => roles.includes(role));
}

/** The page that this address belongs to; other pages may be below it. */
export function pageOf(path: string) {
  return PAGES.filter((page) => path === page.path || path.startsWith(`${page.path}/`)).at(-1);
}

/** Those who may see the page of this address. */
export function rolesFor(path: string): Role[] {
  return pageOf(path)?.roles ?? ALL;
}
