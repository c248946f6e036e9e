/** A list that a service gives in pages: what was read so far, and the next page on request. */
import type { Result } from "./client";
import { Load } from "./load.svelte";

export type Part<Item> = { items: Item[]; next: string | null };

export class List<Item> extends Load<Part<Item>> {
  busy = $state(false);
  #ask: (from: string | undefined) => Promise<Result<Part<Item>>>;

  constructor(ask: (from: string | undefined) => Promise<Result<Part<Item>>>) {
    super(() => ask(undefined));
    this.#ask = ask;
  }

  /** Add the next page. */
  async more(): Promise<void> {
    const shown = this.body;
    if (this.busy || !shown?.next) return;
    this.busy = true;
    this.problem = null;
    const result = await this.#ask(shown.next);
    this.busy = false;
    if (shown !== this.body) return; // it was read anew meanwhile
    if (result.ok) this.body = { ...result.body, items: [...shown.items, ...result.body.items] };
    else this.problem = result.problem;
  }
}
