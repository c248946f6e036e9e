/** The token of a link from a mail: it leaves the address bar at once, and waits here until it is used. */
const KEPT_MS = 30 * 60 * 1000;

// Another link to the page that is open changes its hash alone.
addEventListener("hashchange", () => {
  if (location.hash.startsWith("#token=")) location.reload();
});

/** The token that this page was opened with, also after a reload; null where there is none any more. */
export function takeToken(page: string): string | null {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    keepToken(page, given);
    history.replaceState(null, "", location.pathname + location.search);
    return given;
  }
  const kept = JSON.parse(sessionStorage.getItem(page) ?? "null") as { token: string; at: number } | null;
  if (kept && Date.now() - kept.at < KEPT_MS) return kept.token;
  forgetToken(page);
  return null;
}

/** Give a page its token without an address that a log or a history could keep. */
export function keepToken(page: string, token: string): void {
  sessionStorage.setItem(page, JSON.stringify({ token, at: Date.now() }));
}

/** The token was used, or is worth nothing. */
export function forgetToken(page: string): void {
  sessionStorage.removeItem(page);
}
