/** Who runs this site and how to reach them, as the vendor set it; what is unset stays empty. */

/** `sender` is the address that the service's mails come from. */
export type Vendor = { name: string; service: string; phone: string; url: string; hours: string; sender: string };

const now = $state<{ vendor: Vendor }>({ vendor: { name: "", service: "", phone: "", url: "", hours: "", sender: "" } });

export function vendor(): Vendor {
  return now.vendor;
}
