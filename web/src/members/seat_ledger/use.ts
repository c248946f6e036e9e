/** Who has the seats at present, and how they came and went. */
import type { components } from "../../api/membership";
import { call, type Result } from "../../lib/client";

export type Movement = components["schemas"]["MovementAnswer"];
export type Seats = components["schemas"]["SeatsAnswer"];
export type Invitation = components["schemas"]["InvitationAnswer"];

/** `invitations`: those that lapse by themselves, the next one first. */
export type Use = { seats: Seats; suspended: number; invitations: Invitation[] };

export async function readUse(): Promise<Result<Use>> {
  const [company, suspended, invited] = await Promise.all([
    call("get", "/api/membership/company"),
    call("get", "/api/membership/company/members", { query: { state: "suspended", limit: "1" } }),
    call("get", "/api/membership/company/invitations", { query: { limit: "100" } }),
  ]);
  if (!company.ok) return company;
  if (!suspended.ok) return suspended;
  if (!invited.ok) return invited;
  const invitations = invited.body.items
    .filter(({ state, replaces }) => state === "open" && !replaces)
    .sort((one, other) => one.expires_at.localeCompare(other.expires_at));
  return { ...company, body: { seats: company.body.seats, suspended: suspended.body.found, invitations } };
}
