/** Moments as the screens write them, in the vendor's time zone: `2026/11/30 10:14`, on the clock alone `10:21`. */
const DAY = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const ZONE = { timeZone: "Asia/Tokyo" } as const;

const moments = new Intl.DateTimeFormat("ja", { ...DAY, ...CLOCK, ...ZONE });
const days = new Intl.DateTimeFormat("ja", { ...DAY, ...ZONE });
const clocks = new Intl.DateTimeFormat("ja", { ...CLOCK, ...ZONE });

type Moment = Date | string;
const date = (moment: Moment) => (typeof moment === "string" ? new Date(moment) : moment);

export const writeMoment = (moment: Moment) => moments.format(date(moment));
export const writeDay = (moment: Moment) => days.format(date(moment));
/** The day that ends with this moment: its midnight is the next day's first moment. */
export const writeLastDay = (moment: Moment) => days.format(date(moment).getTime() - 1);
export const writeClock = (moment: Moment) => clocks.format(date(moment));
