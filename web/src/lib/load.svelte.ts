/** What a screen reads from a service: the answer, or why there is none; read again as often as needed. */
import type { Problem, Result } from "./client";

const last = $state<{ at: Date | null }>({ at: null });

/** When the services last answered a screen. */
export function lastRead(): Date | null {
  return last.at;
}

export class Load<Body> {
  body = $state.raw<Body | undefined>();
  problem = $state.raw<Problem | null>(null);
  private request: () => Promise<Result<Body>>;
  private turn = 0;

  constructor(request: () => Promise<Result<Body>>) {
    this.request = request;
    void this.read();
  }

  /** Read it again; of two at once the later one counts. What was there before stays until then. */
  async read(): Promise<void> {
    const turn = ++this.turn;
    this.problem = null;
    const result = await this.request();
    if (turn !== this.turn) return;
    if (result.ok) {
      this.body = result.body;
      last.at = new Date();
    } else this.problem = result.problem;
  }
}
