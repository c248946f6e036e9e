/** The language of the site. Japanese is the source; a text that English lacks is a compile error. */
export type Language = "ja" | "en";

const KEPT = "language";
const now = $state<{ language: Language }>({ language: "ja" });

export function language(): Language {
  return now.language;
}

/** A function that gives the words in the site's language: `t().title`. */
export function texts<Words>(both: Record<Language, Words>): () => Words {
  return () => both[now.language];
}

/** Use the language chosen before, else the browser's. */
export function startLanguage(): void {
  const first = navigator.languages.find((tag) => /^(ja|en)\b/i.test(tag));
  useLanguage((localStorage.getItem(KEPT) ?? first)?.toLowerCase().startsWith("en") ? "en" : "ja");
}

export function chooseLanguage(chosen: Language): void {
  localStorage.setItem(KEPT, chosen);
  useLanguage(chosen);
}

function useLanguage(chosen: Language): void {
  now.language = chosen;
  document.documentElement.lang = chosen;
}
