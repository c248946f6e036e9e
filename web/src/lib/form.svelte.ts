/** One form: sent once at a time, and what was wrong with it. */
import type { Problem, Result } from "./client";
import { t } from "./texts";
import { writeClock } from "./times";

/** What the error summary shows. */
export type Shown = {
  heading: string;
  detail: string;
  fields: { field: string; text: string }[];
  requestId: string;
};

export class Form {
  busy = $state(false);
  shown = $state<Shown | null>(null);

  /** Send, unless it is being sent; the body of a good answer, else undefined. */
  async send<Body>(request: () => Promise<Result<Body>>, refused?: (problem: Problem) => boolean): Promise<{ body: Body; status: number } | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    this.shown = null;
    document.title = t().form.plainTitle(document.title);
    const result = await request();
    this.busy = false;
    if (result.ok) return result;
    if (result.problem.code === "cancelled") return undefined;
    if (!refused?.(result.problem)) this.show(describe(result.problem));
    return undefined;
  }

  show(shown: Shown): void {
    this.shown = shown;
    document.title = t().form.errorTitle(document.title);
  }

  /** Show what is wrong with fields. */
  wrong(...fields: Shown["fields"]): void {
    this.show({ heading: t().form.check, detail: "", fields, requestId: "" });
  }

  /** Show errors found before sending: those of the fields that are empty; whether there are any. */
  missing(fields: Shown["fields"]): boolean {
    if (fields.length) this.wrong(...fields);
    return fields.length > 0;
  }

  error(field: string): string | undefined {
    return this.shown?.fields.find((one) => one.field === field)?.text;
  }
}

/** A problem in words: ours where the client knows better, else those that the service sent. */
export function describe(problem: Problem): Shown {
  const own = (t().problems as Record<string, string[] | undefined>)[problem.code];
  const [heading, detail] = own ?? [problem.title || t().problems.other[0], problem.detail || t().problems.other[1]];
  const until = problem.retryAt ? t().form.retryAt(writeClock(problem.retryAt)) : "";
  const fields = problem.errors.map(({ field, detail: text }) => ({ field, text: text ?? "" }));
  return {
    heading: heading ?? "",
    detail: fields.length ? "" : [detail, until].filter(Boolean).join(" "),
    fields,
    requestId: problem.status >= 500 ? problem.requestId : "",
  };
}
