/** Calls the services through the gateway. It never throws: what goes wrong is a problem, too. */
import type { operations as AuthOperations, paths as AuthPaths } from "../api/auth";
import type { operations as MembershipOperations, paths as MembershipPaths } from "../api/membership";

type Prefixed<Service extends string, Paths> = {
  [Path in keyof Paths as `/api/${Service}${Path & string}`]: Paths[Path];
};
type Paths = Prefixed<"auth", AuthPaths> & Prefixed<"membership", MembershipPaths>;
type Method = "get" | "post" | "put" | "patch" | "delete";
type Operation<P extends keyof Paths, M extends Method> = Paths[P] extends Record<M, infer O> ? O : never;
type Json<Response, Type extends string> = Response extends { content: { [T in Type]: infer Body } } ? Body : never;
type Responses<O> = O extends { responses: infer R } ? R : never;
type Content<Response> = Response extends { content: { "text/csv": unknown } } ? Blob : Json<Response, "application/json">;
type Good<R> = { [Status in keyof R & (200 | 201 | 202)]: Content<R[Status]> }[keyof R & (200 | 201 | 202)];
type Codes<Operations> = {
  [O in keyof Operations]: {
    [Status in keyof Responses<Operations[O]>]: Json<Responses<Operations[O]>[Status], "application/problem+json">;
  }[keyof Responses<Operations[O]>];
}[keyof Operations] extends infer P
  ? P extends { code: infer Code }
    ? Code
    : never
  : never;

/** What a service can refuse with, and what the gateway and the network add. */
export type Code = Codes<AuthOperations> | Codes<MembershipOperations> | "offline" | "timeout" | "unreadable" | "cancelled";

/** A refusal (RFC 9457). `retryAt` is when to try again, where the answer says so. */
export type Problem = {
  code: string;
  status: number;
  title: string;
  detail: string;
  errors: { field: string; code: string; detail?: string }[];
  requestId: string;
  retryAt: Date | null;
  /** What the problem says besides: `card`, `left`, `free`, … */
  more: Record<string, unknown>;
};

export type Result<Body> = { ok: true; status: number; body: Body } | { ok: false; problem: Problem };

type Parts<O> = {
  body?: O extends { requestBody?: { content: { "application/json": infer Body } } } ? Body : never;
  path?: Record<string, string>;
  query?: Record<string, string | undefined>;
  /** Makes a repeated POST one request (RFC draft Idempotency-Key). */
  key?: string;
  /** The person is asked for nothing: what is refused is the caller's to handle. */
  quiet?: boolean;
};

/** Asks the person for what a refused call lacks, and says whether to repeat it; undefined where that is not to be asked. */
export type Ask = (problem: Problem) => Promise<boolean> | undefined;

let ask: Ask = () => undefined;

export function askWith(asking: Ask): void {
  ask = asking;
}

const TIMEOUT_MS = 20_000;

/** Call a service. What lacks a sign-in is repeated once the person has signed in; declined, its code is `cancelled`. */
export async function call<P extends keyof Paths & string, M extends Method>(
  method: M,
  path: P,
  parts: Parts<Operation<P, M>> = {},
): Promise<Result<Good<Responses<Operation<P, M>>>>> {
  const result = await send(method, path, parts);
  const repeat = result.ok || parts.quiet ? undefined : ask(result.problem);
  if (repeat === undefined) return result;
  return (await repeat) ? call(method, path, parts) : { ok: false, problem: { ...NO_ANSWER, code: "cancelled" } };
}

async function send<P extends keyof Paths & string, M extends Method>(
  method: M,
  path: P,
  parts: Parts<Operation<P, M>>,
): Promise<Result<Good<Responses<Operation<P, M>>>>> {
  const headers: Record<string, string> = { "Accept-Language": document.documentElement.lang };
  if (parts.body !== undefined) headers["Content-Type"] = "application/json";
  if (parts.key) headers["Idempotency-Key"] = parts.key;
  try {
    const response = await fetch(address(path, parts.path, parts.query), {
      method: method.toUpperCase(),
      headers,
      body: parts.body === undefined ? null : JSON.stringify(parts.body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const type = response.headers.get("Content-Type") ?? "";
    if (type.startsWith("text/csv")) return { ok: true, status: response.status, body: (await response.blob()) as never };
    const text = await response.text();
    const body = text ? JSON.parse(text) : undefined;
    if (response.ok) return { ok: true, status: response.status, body };
    return { ok: false, problem: problem(body ?? {}, response) };
  } catch (error) {
    const late = error instanceof DOMException && error.name === "TimeoutError";
    const code = late ? "timeout" : error instanceof SyntaxError ? "unreadable" : "offline";
    return { ok: false, problem: { ...NO_ANSWER, code } };
  }
}

const NO_ANSWER: Problem = {
  code: "offline",
  status: 0,
  title: "",
  detail: "",
  errors: [],
  requestId: "",
  retryAt: null,
  more: {},
};

function problem(body: Record<string, unknown>, response: Response): Problem {
  const { code, title, detail, errors, request_id, ...more } = body;
  const seconds = Number(response.headers.get("Retry-After"));
  return {
    code: String(code ?? "unreadable"),
    status: response.status,
    title: String(title ?? ""),
    detail: String(detail ?? ""),
    errors: Array.isArray(errors) ? errors : [],
    requestId: String(request_id ?? response.headers.get("X-Request-Id") ?? ""),
    retryAt: seconds > 0 ? new Date(Date.now() + seconds * 1000) : null,
    more,
  };
}

function address(path: string, ids: Record<string, string> = {}, query: Record<string, string | undefined> = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ids[name] ?? ""));
  const search = new URLSearchParams(Object.entries(query).filter((pair): pair is [string, string] => !!pair[1]));
  return search.size ? `${filled}?${search}` : filled;
}
