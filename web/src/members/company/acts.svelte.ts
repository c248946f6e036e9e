/** What is done to members: which dialog asks for it, and what came of it. */
import { onDestroy } from "svelte";
import type { components } from "../../api/membership";
import { call, type Problem, type Result } from "../../lib/client";
import { describe, Form } from "../../lib/form.svelte";
import { fullName, type Member } from "./list";
import { t } from "./texts";

export type Act = "suspend" | "resume" | "delete" | "change_role" | "hand_over" | "move" | "edit_details" | "send_password_reset";
export type Changed = components["schemas"]["ChangedAnswer"];

/** What is told afterwards; `list` has a line for each member for whom it failed. */
export type Outcome = { kind: "ok" | "caution"; heading: string; text?: string; list?: string[] };
/** The words of an act: while auth has not confirmed it (202), and once it has. */
export type Words = { underway: string; done: string; text: string };

const POLL_MS = 2000;

/** The member was changed in the meantime, so that the act is not possible any more. */
const OVERTAKEN = ["member_not_found", "already_suspended", "member_suspended", "owner_protected", "role_required", "last_owner"];

/** What was done on a page that is left at once. */
let passedOn: Outcome | null = null;

export function passOn(outcome: Outcome): void {
  passedOn = outcome;
}

export function unsettled({ state }: { state: Member["state"] }): boolean {
  return !["active", "suspended", "closed"].includes(state);
}

export class Acts {
  form = new Form();
  open = $state.raw<{ act: Act; members: Member[] } | null>(null);
  outcome = $state.raw<Outcome | null>(passedOn);
  #changed: () => Promise<void>;
  #left = false;

  /** To be made while its component starts. `changed`: the page reads its members again. */
  constructor(changed: () => Promise<void>) {
    passedOn = null;
    this.#changed = changed;
    onDestroy(() => (this.#left = true));
  }

  ask(act: Act, ...members: Member[]): void {
    this.form.shown = null;
    this.open = { act, members };
  }

  close = (): void => {
    this.open = null;
  };

  /** Do it to one member; what came of it, if it was done. */
  async send<Body>(member: Member, request: () => Promise<Result<Body>>, words: Words): Promise<Body | undefined> {
    const answer = await this.request(member, request);
    if (!answer) return undefined;
    if (answer.status === 202) {
      void this.#follow([member], { kind: "ok", heading: words.underway, text: t().confirming }, { kind: "ok", heading: words.done, text: words.text });
    } else await this.tell({ kind: "ok", heading: words.done, text: words.text });
    return answer.body;
  }

  /** Ask a service for something about a member; told is only that it is not possible any more. */
  async request<Body>(member: Member, request: () => Promise<Result<Body>>): Promise<{ status: number; body: Body } | undefined> {
    return this.form.send(request, (problem) => this.#overtaken(member, problem));
  }

  /** Do it to several members, one after the other: those that are done, and those that are not, with the reason. */
  async sendEach(members: Member[], request: (member: Member) => Promise<Result<Changed>>, told: (done: number) => Words): Promise<void> {
    const late: Member[] = [];
    const failed: string[] = [];
    const answer = await this.form.send(async () => {
      for (const [index, member] of members.entries()) {
        const result = await request(member);
        if (result.ok && result.status === 202) late.push(member);
        if (result.ok) continue;
        if (!index && !OVERTAKEN.includes(result.problem.code)) return result;
        const rest = result.problem.status ? [member] : members.slice(index);
        failed.push(...rest.map((one) => t().failed(fullName(one), describe(result.problem).heading)));
        if (!result.problem.status) break;
      }
      return { ok: true, status: 200, body: undefined };
    });
    if (!answer) return;
    const words = told(members.length - failed.length);
    const done: Outcome = failed.length
      ? { kind: "caution", heading: t().partly(members.length, words.done), list: failed }
      : { kind: "ok", heading: words.done, text: words.text };
    if (late.length) void this.#follow(late, { ...done, heading: words.underway, text: t().confirming }, done);
    else await this.tell(done);
  }

  async tell(outcome: Outcome): Promise<void> {
    this.open = null;
    this.outcome = outcome;
    await this.#changed();
  }

  #overtaken(member: Member, problem: Problem): boolean {
    if (!OVERTAKEN.includes(problem.code)) return false;
    const known: Record<string, string | undefined> = t().overtaken(fullName(member));
    const shown = describe(problem);
    const heading = known[problem.code];
    void this.tell({ kind: "caution", heading: heading ?? shown.heading, text: heading ? t().changedMeanwhile : `${shown.detail}${t().changedMeanwhile}` });
    return true;
  }

  /** Tell that it is under way, and that it is done once auth has confirmed it for all of them. */
  async #follow(members: Member[], underway: Outcome, done: Outcome): Promise<void> {
    await this.tell(underway);
    let waiting = members;
    while (waiting.length && !this.#left) {
      await new Promise((resume) => setTimeout(resume, POLL_MS));
      const read = (id: string) => call("get", "/api/membership/company/members/{member_id}", { path: { member_id: id }, quiet: true });
      const states = await Promise.all(waiting.map(({ id }) => read(id)));
      waiting = waiting.filter((_, index) => {
        const result = states[index]!;
        return result.ok ? unsettled(result.body) : result.problem.code !== "member_not_found";
      });
    }
    if (!this.#left && this.outcome === underway) await this.tell(done);
  }
}
