/** Places within a page that an address names: `/faq#seats`. */

/** Show the place that the address names, if this page has it: opened, in view, focused. */
export function showPlace(): void {
  const place = document.getElementById(location.hash.slice(1));
  if (!place) return;
  if (place instanceof HTMLDetailsElement) place.open = true;
  place.scrollIntoView();
  (place.querySelector("summary") ?? place).focus({ preventScroll: true });
}
