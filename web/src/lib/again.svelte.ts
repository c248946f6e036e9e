/** What the person has to do before refused calls are repeated: give the password once more, or sign in again.
 *
 * The screen stays as it is meanwhile, with all that was typed into it. */
import { askWith, call, type Problem } from "./client";
import { session, takeSession } from "./session.svelte";

export type Asked = { what: "step_up" | "sign_in"; problem: Problem };

/** With these an ended session is told of; they say why it ended, where that is known. */
const ENDED = ["sign_in_required", "account_not_active", "presence_denied", "presence_failed", "presence_missed"];

const now = $state<{ asked: Asked | null }>({ asked: null });
let waiting: { promise: Promise<boolean>; answer: (repeat: boolean) => void } | null = null;
let declined = false;
let looking = false;

/** How often an open page asks whether its session lives. Asking does not count as use: an idle session ends all the same. */
const LOOK_MS = 60_000;

export function asked(): Asked | null {
  return now.asked;
}

/** From now on a refused call asks the person, and an ended session shows within a minute, or when the window is looked at again. */
export function startAsking(): void {
  askWith(ask);
  addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);
  setInterval(look, LOOK_MS);
}

/** The person did it (the calls are repeated), or would rather not. */
export function answerAsked(repeat: boolean): void {
  declined = !repeat && now.asked?.what === "sign_in";
  now.asked = null;
  waiting?.answer(repeat);
  waiting = null;
}

/** Ask for what a call lacks. All calls that are refused meanwhile wait for the same answer. */
export function ask(problem: Problem): Promise<boolean> | undefined {
  const who = session();
  if (!who.known || who.next !== "done") return undefined;
  const what = problem.code === "fresh_sign_in_required" ? "step_up" : ENDED.includes(problem.code) ? "sign_in" : null;
  if (!what) return undefined;
  if (!now.asked || what === "sign_in") now.asked = { what, problem };
  waiting ??= withAnswer();
  return waiting.promise;
}

function withAnswer() {
  let answer: (repeat: boolean) => void = () => {};
  const promise = new Promise<boolean>((resolve) => (answer = resolve));
  return { promise, answer };
}

/** Ask auth whether the session that this page believes in still lives; it may have ended, or another one begun. */
async function look(): Promise<void> {
  const who = session();
  if (looking || document.hidden || !who.known || who.next !== "done") return;
  looking = true;
  const result = await call("get", "/api/auth/session", { quiet: true });
  looking = false;
  if (result.ok && result.body.next === "done") {
    if (result.body.member_id !== who.session.member_id) return location.reload();
    takeSession(result.body);
    if (now.asked?.what === "sign_in") answerAsked(true);
  } else if (!result.ok && !declined) void ask(result.problem);
}
