/** Shows the screen of the address: lazily loaded, its heading focused, its title set. */
import type { Component } from "svelte";

export type Screen = () => Promise<{ default: Component }>;
export type Routes = Record<string, Screen>;

export const place = $state({ path: location.pathname, search: location.search });

/** Go to an address of this site. */
export function go(path: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, "", path);
  else history.pushState(null, "", path);
  follow();
}

function follow(): void {
  place.path = location.pathname;
  place.search = location.search;
}

addEventListener("popstate", follow);

addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element | null)?.closest?.("a");
  if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (link.pathname.startsWith("/api/") || (link.hash && link.pathname === location.pathname)) return;
  event.preventDefault();
  go(link.pathname + link.search + link.hash);
});
