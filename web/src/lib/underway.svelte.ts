/** A form whose effect may take a moment: answered 202, the same request tells later how it stands. */
import { onDestroy } from "svelte";
import type { Problem, Result } from "./client";
import { Form } from "./form.svelte";

const POLL_MS = 2000;

export class Underway {
  form = new Form();
  waiting = $state(false);
  #left = false;

  /** To be made while its component starts: it asks no more once that is gone. */
  constructor() {
    onDestroy(() => (this.#left = true));
  }

  /** The answer once it is settled; undefined where it was refused, or the page was left. */
  async send<Body>(request: () => Promise<Result<Body>>, refused: (problem: Problem) => boolean): Promise<Body | undefined> {
    const first = await this.form.send(request, refused);
    if (first?.status !== 202) return first?.body;
    this.waiting = true;
    while (!this.#left) {
      await new Promise((resume) => setTimeout(resume, POLL_MS));
      const result = await request();
      if (result.ok && result.status !== 202) return result.body;
      if (!result.ok && refused(result.problem)) return undefined;
    }
    return undefined;
  }
}
