/** Who is signed in in this browser, as auth says. */
import type { components } from "../api/auth";
import { call } from "./client";

export type Session = components["schemas"]["SessionAnswer"];
type State = { known: false } | { known: true; next: "nothing" | "presence_check" } | { known: true; next: "done"; session: Session };

/** Set while this browser may hold a session: without one auth is not asked. The cookie itself is out of reach. */
const KEPT = "session";

const now = $state<{ state: State }>({ state: { known: false } });

export function session(): State {
  return now.state;
}

/** Ask auth, where this browser may be signed in; what cannot be learnt counts as not signed in. */
export async function startSession(): Promise<State> {
  if (localStorage.getItem(KEPT)) return learnSession();
  now.state = { known: true, next: "nothing" };
  return now.state;
}

/** Ask auth who is signed in. */
export async function learnSession(): Promise<State> {
  localStorage.setItem(KEPT, "1");
  const result = await call("get", "/api/auth/session");
  if (!result.ok) forgetSession(result.problem.status === 401);
  else if (result.body.next === "done") now.state = { known: true, next: "done", session: result.body };
  else now.state = { known: true, next: "presence_check" };
  return now.state;
}

export async function signOut(): Promise<void> {
  await call("delete", "/api/auth/session");
  forgetSession(true);
}

function forgetSession(ended: boolean): void {
  if (ended) localStorage.removeItem(KEPT);
  now.state = { known: true, next: "nothing" };
}
