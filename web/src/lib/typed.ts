/** What people type, as the services take it. */
const DASHES = /[‐-―−－ーｰ]/g;

/** Addresses, phones, codes: full-width characters, dashes of all kinds and spaces at the ends are meant as ASCII. */
export function plain(text: string): string {
  return text.normalize("NFKC").replace(DASHES, "-").trim();
}

/** The digits of a phone number with the hyphens that are certain; area codes other than 03 and 06 differ in length. */
export function writePhone(digits: string): string {
  const parts = /^(0[2-9]0)(\d{4})(\d{4})$/.exec(digits) ?? /^(0120)(\d{3})(\d{3})$/.exec(digits) ?? /^(0[36])(\d{4})(\d{4})$/.exec(digits);
  return parts ? parts.slice(1).join("-") : digits;
}

/** The link that calls a number, as the vendor writes it. */
export function callTo(phone: string): string {
  return `tel:${phone.replace(/[^+\d]/g, "")}`;
}

/** A reading of a name: hiragana and half-width kana become full-width katakana. */
export function katakana(text: string): string {
  return text
    .normalize("NFKC")
    .trim()
    .replace(/[ぁ-ゖ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60));
}
