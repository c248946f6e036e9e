/** Who runs this site and how to reach them, as the vendor set it; what is unset stays empty. */

export type Vendor = { name: string; service: string; phone: string; url: string; hours: string };

const now = $state<{ vendor: Vendor }>({ vendor: { name: "", service: "", phone: "", url: "", hours: "" } });

export function vendor(): Vendor {
  return now.vendor;
}
