/** Which screens need a sign-in, and where one goes after it. */
import { go, place, type Screen } from "../lib/router.svelte";
import { session, startSession } from "../lib/session.svelte";

const SIGN_IN = "/sign-in";
const PRESENCE = "/presence";

/** A screen of those who are signed in: others sign in first, and come back. */
export function signedIn(load: Screen): Screen {
  return async () => {
    const wished = location.pathname + location.search;
    await startSession();
    const who = session();
    if (who.known && who.next === "done") return load();
    if (who.known && who.next === "nothing" && who.problem) return import("./Unknown.svelte");
    go(withNext(who.known && who.next === "presence_check" ? PRESENCE : SIGN_IN, wished), { replace: true });
    return load();
  };
}

/** A page of 社内アカウント管理: those whose role may not see it are told so. */
export function permitted(load: Screen): Screen {
  return async () => {
    const { rolesFor } = await import("./company/pages"); // its words are not for the sign-in page
    const who = session();
    const allowed = who.known && who.next === "done" && rolesFor(place.path).includes(who.session.role);
    return allowed ? load() : import("./company/Forbidden.svelte");
  };
}

/** Where to go after the sign-in: to the page that was wished for, else to the one with most to do. */
export function goOnTo(): string {
  const who = session();
  const manages = who.known && who.next === "done" && who.session.role !== "staff";
  return nextWish() ?? (manages ? "/members" : "/account");
}

/** The page that `next` of this address asks for: one of this site's, and no step of the sign-in. */
export function nextWish(): string | null {
  const next = new URLSearchParams(place.search).get("next");
  if (!next?.startsWith("/")) return null;
  const url = URL.canParse(next, location.origin) ? new URL(next, location.origin) : null;
  if (!url || url.origin !== location.origin || [SIGN_IN, PRESENCE].includes(url.pathname)) return null;
  return url.pathname + url.search;
}

export function withNext(path: string, next: string | null): string {
  return next ? `${path}?${new URLSearchParams({ next })}` : path;
}
