/** The value of `aria-describedby`: the ids of the texts that are there, or nothing. */
export function describedBy(...ids: (string | false | undefined)[]): string | undefined {
  return ids.filter(Boolean).join(" ") || undefined;
}
