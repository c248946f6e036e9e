/** Who is signed in in this browser, as auth says. */
import type { components } from "../api/auth";
import { call, type Problem } from "./client";

export type Session = components["schemas"]["SessionAnswer"];
/** `problem`: why it could not be learnt. */
export type State =
  | { known: false }
  | { known: true; next: "nothing"; problem: Problem | null }
  | { known: true; next: "presence_check" }
  | { known: true; next: "done"; session: Session };

/** Set while this browser may hold a session: without one auth is not asked. The cookie itself is out of reach. */
const KEPT = "session";

const now = $state<{ state: State }>({ state: { known: false } });
let starting: Promise<State> | null = null;

export function session(): State {
  return now.state;
}

/** Ask auth, where this browser may be signed in; once, however often it is called. */
export function startSession(): Promise<State> {
  starting ??= localStorage.getItem(KEPT) ? learnSession() : Promise.resolve(forgetSession());
  return starting;
}

/** Ask auth who is signed in. What cannot be learnt changes nothing that is known. */
export async function learnSession(): Promise<State> {
  localStorage.setItem(KEPT, "1");
  const result = await call("get", "/api/auth/session", { quiet: true });
  if (result.ok) {
    if (result.body.next === "done") takeSession(result.body);
    else now.state = { known: true, next: "presence_check" };
  } else if (result.problem.status === 401) forgetSession();
  else if (!now.state.known) now.state = { known: true, next: "nothing", problem: result.problem };
  return now.state;
}

export function takeSession(session: Session): void {
  now.state = { known: true, next: "done", session };
}

/** End the session; false where auth could not be told, and it lives on. */
export async function signOut(): Promise<boolean> {
  const result = await call("delete", "/api/auth/session", { quiet: true });
  const ended = result.ok || result.problem.status === 401;
  if (ended) forgetSession();
  return ended;
}

/** This browser holds no session any more. */
export function forgetSession(): State {
  localStorage.removeItem(KEPT);
  now.state = { known: true, next: "nothing", problem: null };
  return now.state;
}
