/** What the sign-in page is told by the page that led to it: never by its address, which would keep a mail address. */
export type Arrival = {
  email: string;
  /** A password was set; `withdrawing`: what earlier sessions had asked for is still being withdrawn. */
  password: "set" | "withdrawing";
};

let kept: Arrival | null = null;

export function arrive(arrival: Arrival): void {
  kept = arrival;
}

/** What it was told, once. */
export function takeArrival(): Arrival | null {
  const taken = kept;
  kept = null;
  return taken;
}
