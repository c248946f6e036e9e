/** What people type, as the services take it. The same cases are tested there and here. */
const DASHES = /[‐-―−－ーｰ]/g;

/** Addresses, phones, codes: full-width characters, dashes of all kinds and spaces at the ends are meant as ASCII. */
export function plain(text: string): string {
  return text.normalize("NFKC").replace(DASHES, "-").trim();
}

/** A reading of a name: hiragana and half-width kana become full-width katakana. */
export function katakana(text: string): string {
  return text
    .normalize("NFKC")
    .trim()
    .replace(/[ぁ-ゖ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60));
}
