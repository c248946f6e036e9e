/** The screens of the customers' site by their addresses; the folders have the stems of the services' flows. */
import type { Routes } from "../lib/router.svelte";
import { permitted, signedIn } from "./access";
import SignIn from "./sign_in/SignIn.svelte";

export const routes: Routes = {
  "/": () => import("./top/Top.svelte"),
  "/sign-in": () => Promise.resolve({ default: SignIn }), // most people's first screen: no further file
  "/register": () => import("./registration/Register.svelte"),
  "/registration": () => import("./registration/Confirm.svelte"),
  "/invitation": () => import("./invitation/Accept.svelte"),
  "/email": () => import("./email_change/Email.svelte"),
  "/help": () => import("./password_reset/Help.svelte"),
  "/password": () => import("./password_reset/SetPassword.svelte"),
  "/faq": () => import("./faq/Faq.svelte"),
  "/account": signedIn(() => import("./account/Account.svelte")),
  "/members": signedIn(() => import("./company/Members.svelte")),
  "/members/invitations": signedIn(permitted(() => import("./invitation/Invitations.svelte"))),
  "/members/invitations/file": signedIn(permitted(() => import("./invitation/ImportFile.svelte"))),
  "/members/guide": signedIn(() => import("./invitation/Guide.svelte")),
  "/members/approvals": signedIn(permitted(() => import("./approval/Approvals.svelte"))),
  "/members/seats": signedIn(permitted(() => import("./seat_ledger/SeatLedger.svelte"))),
  "/members/audit-log": signedIn(permitted(() => import("./audit_log/AuditLog.svelte"))),
  "/members/{id}": signedIn(() => import("./company/Member.svelte")),
  "/presence-check": () => import("./presence_check/Mailed.svelte"),
  "/presence": () => import("./presence_check/Waiting.svelte"),
};
