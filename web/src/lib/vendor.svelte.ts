/** The vendor, who runs this site, and how to reach them: the vendor's settings, where an unset one is empty. */
import type { components } from "../api/membership";
import { call } from "./client";
import type { Language } from "./i18n.svelte";

/** `sender` is the address that the service's mails come from. */
export type Vendor = Record<"name" | "service" | "phone" | "hours" | "url" | "terms" | "privacy" | "sender", string>;
type Site = components["schemas"]["SiteAnswer"];

const NOTHING: Vendor = { name: "", service: "", phone: "", hours: "", url: "", terms: "", privacy: "", sender: "" };
const now = $state<{ vendor: Vendor }>({ vendor: NOTHING });
let wanted: Language;

export function vendor(): Vendor {
  return now.vendor;
}

/** Show what this browser knows from an earlier page at once, then what membership answers. */
export async function learnVendor(language: Language): Promise<void> {
  wanted = language;
  const kept = localStorage.getItem(`vendor-${language}`);
  if (kept) show(JSON.parse(kept) as Site);
  const result = await call("get", "/api/membership/site", { quiet: true });
  if (!result.ok || wanted !== language) return;
  localStorage.setItem(`vendor-${language}`, JSON.stringify(result.body));
  show(result.body);
}

function show(site: Site): void {
  now.vendor = {
    name: site.vendor_name,
    service: site.service_name,
    phone: site.contact_phone,
    hours: site.contact_hours,
    url: site.contact_url,
    terms: site.terms_url,
    privacy: site.privacy_url,
    sender: site.mail_from,
  };
  // Through the object model, as the policy forbids the attribute `style`. styles/tokens.css derives the accent from it.
  const page = document.documentElement;
  page.toggleAttribute("data-vendor-colour", site.accent !== "");
  page.style.setProperty("--vendor", site.accent);
}
