/** The presence check that holds a sign-in: followed until it has ended, answered with the code, mailed again. */
import type { components } from "../../api/auth";
import { call, type Problem } from "../../lib/client";
import { Form } from "../../lib/form.svelte";
import { plain } from "../../lib/typed";
import { t } from "./texts";

export type End = "over" | "denied" | "failed";
const ENDS: Record<string, End> = { presence_missed: "over", presence_denied: "denied", presence_failed: "failed" };
const POLL_MS = 2000;

export class PresenceCheck {
  readonly form = new Form();
  held = $state<components["schemas"]["WaitingAnswer"] | null>(null);
  end = $state<End | null>(null);
  code = $state("");
  resent = $state(false);
  private now = $state(Date.now());
  readonly mayResend = $derived(this.held !== null && new Date(this.held.resend_at).getTime() <= this.now);

  private timer = 0;
  private passed: (next: string) => void;
  private lost: () => void;

  /** `passed`: with what the sign-in needs next. `lost`: there is no such sign-in any more. */
  constructor(passed: (next: string) => void, lost: () => void) {
    this.passed = passed;
    this.lost = lost;
  }

  /** Ask how the check stands, now and every two seconds, also after the device has slept. */
  async follow(): Promise<void> {
    this.stop();
    this.now = Date.now();
    const result = await call("get", "/api/auth/presence-check", { quiet: true });
    if (result.ok) {
      this.held = result.body;
      if (result.body.state === "confirmed") return this.goOn();
    } else if (this.ended(result.problem)) return;
    this.wait();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  async submit(): Promise<void> {
    if (this.form.missing(this.code.trim() ? [] : [{ field: "code", text: t().enterCode }])) return;
    const body = { code: plain(this.code) };
    const answer = await this.form.send(
      () => call("post", "/api/auth/presence-check/answer", { body, quiet: true }),
      (problem) => this.refused(problem),
    );
    if (answer) this.passed(answer.body.next);
  }

  async resend(): Promise<void> {
    if (!this.mayResend) return;
    const answer = await this.form.send(
      () => call("post", "/api/auth/presence-check/resend", { quiet: true }),
      (problem) => this.ended(problem),
    );
    if (!answer) return;
    this.held = answer.body;
    this.resent = true;
  }

  private wait(): void {
    this.timer = setTimeout(() => void this.follow(), POLL_MS);
  }

  /** The mail's link was confirmed elsewhere: no code is needed any more. */
  private async goOn(): Promise<void> {
    const result = await call("post", "/api/auth/presence-check/answer", { body: {}, quiet: true });
    if (result.ok) this.passed(result.body.next);
    else if (!this.ended(result.problem)) this.wait();
  }

  private refused(problem: Problem): boolean {
    if (problem.code !== "wrong_code") return this.ended(problem);
    this.code = "";
    this.form.wrong({ field: "code", text: t().wrongCode(Number(problem.more.left)) });
    return true;
  }

  private ended(problem: Problem): boolean {
    const found = ENDS[problem.code];
    if (!found && problem.status !== 401) return false;
    this.stop();
    if (found) this.end = found;
    else this.lost();
    return true;
  }
}
