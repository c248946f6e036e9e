/** The rows of the invitation form: what was typed, and what was wrong with it. */
import type { components } from "../../api/membership";
import { call, type Problem } from "../../lib/client";
import { t as common } from "../../lib/texts";
import { writeClock } from "../../lib/times";
import { plain } from "../../lib/typed";
import { t } from "./texts";

export type Invitation = components["schemas"]["InvitationAnswer"];
export type Role = Invitation["role"];
export type Locale = Invitation["locale"];

/** `key` makes repeated requests for the same `body` one invitation. */
export type Row = {
  id: number;
  key: string;
  body: string;
  email: string;
  family_name: string;
  given_name: string;
  department: string;
  job_title: string;
  role: Role;
  locale: Locale;
  fault: Fault | null;
};

const FIELDS = ["email", "family_name", "given_name", "department", "job_title"] as const;
export type FieldName = (typeof FIELDS)[number];
export type Fault = { name: FieldName; text: string };

/** The roles that one may give (docs/permissions.md). */
export const GIVEN: Record<Role, Role[]> = { owner: ["staff", "admin", "owner"], admin: ["staff"], staff: [] };

/** These concern one address; every other problem concerns all rows. */
const OF_ROW = ["already_member", "already_invited", "too_many_mails_to_address"];

let last = 0;

export function newRow(locale: Locale): Row {
  return { id: ++last, key: "", body: "", email: "", family_name: "", given_name: "", department: "", job_title: "", role: "staff", locale, fault: null };
}

/** The id of a field. */
export const fieldOf = (row: Row, name: FieldName) => `${name.replace("_", "-")}-${row.id}`;

const aboutEmail = (text: string): Fault => ({ name: "email", text });

/** What is wrong with a row before it is sent. */
export function faultOf(row: Row, rows: Row[]): Fault | null {
  const email = plain(row.email).toLowerCase();
  if (!email) return aboutEmail(common().form.enter);
  const first = rows.find((one) => plain(one.email).toLowerCase() === email);
  return first === row ? null : aboutEmail(t().invite.twice);
}

/** Invite one person: the invitation, what is wrong with this row, or a problem of the whole form. */
export async function invite(row: Row): Promise<{ sent?: Invitation; fault?: Fault; problem?: Problem }> {
  const invitee = {
    email: plain(row.email),
    family_name: row.family_name.trim() || null,
    given_name: row.given_name.trim() || null,
    department: row.department,
    job_title: row.job_title,
    role: row.role,
    locale: row.locale,
  };
  const body = JSON.stringify(invitee);
  if (row.body !== body) Object.assign(row, { body, key: crypto.randomUUID() });
  const result = await call("post", "/api/membership/company/invitations", { body: { invitations: [invitee] }, key: row.key });
  if (result.ok) return { sent: result.body.invitations[0]! };
  return OF_ROW.includes(result.problem.code) || result.problem.errors.length
    ? { fault: faultIn(result.problem) }
    : { problem: result.problem };
}

/** One sentence for beside the field; waits are clock times. */
function faultIn(problem: Problem): Fault {
  const [error] = problem.errors;
  if (error) return { name: FIELDS.find((name) => error.field.endsWith(name)) ?? "email", text: error.detail ?? problem.detail };
  return aboutEmail(problem.retryAt ? t().invite.retryAt(problem.title, writeClock(problem.retryAt)) : problem.detail);
}
