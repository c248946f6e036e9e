/** What a confirmed link leads to: the first password, a decision of others, or an account that is there already. */
import type { components } from "../../api/membership";
import type { Code, Problem, Result } from "../../lib/client";
import { forgetToken, keepToken } from "../../lib/links";
import { go } from "../../lib/router.svelte";
import { Underway } from "../../lib/underway.svelte";

type Schemas = components["schemas"];
type Confirmed = Schemas["Approved"] | Schemas["Opening"] | Schemas["AwaitingApproval"];

export class AccountOpening {
  underway = new Underway();
  end = $state<"awaiting" | "known" | "ended" | null>(null);
  #page: string;
  #invalid: Code;

  /** `page`: that of the link; `invalid`: the problem by which the service says that the link is over. */
  constructor(page: string, invalid: Code) {
    this.#page = page;
    this.#invalid = invalid;
  }

  /** Use the link, and go on as it says. */
  async send(request: () => Promise<Result<Confirmed>>): Promise<void> {
    const answer = await this.underway.send(request, (problem) => this.#refused(problem));
    if (!answer) return;
    if (answer.status === "awaiting_approval") this.end = "awaiting";
    else if (!answer.password_token) this.end = "known";
    else {
      forgetToken(this.#page);
      keepToken("/password", answer.password_token);
      go("/password", { replace: true });
    }
  }

  /** Whether the link is over, which is shown. */
  #refused(problem: Problem): boolean {
    if (problem.code !== this.#invalid) return false;
    this.end = "ended";
    return true;
  }
}
