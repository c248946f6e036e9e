/** The entries of the audit log in words. A missing event, subject or source is a compile error. */
import type { components, operations } from "../../api/membership";
import { words } from "../../api/audit_words";
import { language } from "../../lib/i18n.svelte";

export type Entry = components["schemas"]["EntryAnswer"];
export type Event = NonNullable<Entry["event"]>;
export type Subject = Entry["subject"];
export type Query = NonNullable<operations["audit_log_show"]["parameters"]["query"]>;

type Both = { ja: string; en: string };
const EVENTS: Record<Event, Both> = words.events;
const SUBJECTS: Record<Subject, Both> = words.subjects;
const SOURCES: Record<Entry["source"], Both> = words.sources;
const REASONS: Record<string, Both | undefined> = words.reasons;
const PEOPLE: Record<string, Both> = words.people;

/** Subjects that a company's log has entries on; registrations are recorded as accounts or approvals. */
export const LISTED = (Object.keys(SUBJECTS) as Subject[]).filter((subject) => subject !== "registration");

/** The words for a target without a name, by event or subject; else a member who has left. */
const UNNAMED: Record<string, string | undefined> = {
  "approval:denied": "unnamed",
  "invitation:denied": "unnamed",
  "member:denied": "unnamed",
  approval: "applicant",
  invitation: "invited",
  mail: "unnamed",
};

const say = (both: Both) => both[language()];

export const eventOf = ({ event }: Entry) => say(event ? EVENTS[event] : PEOPLE.unknown!);
export const subjectWords = (subject: Subject) => say(SUBJECTS[subject]);
export const roleOf = ({ source }: Entry) => say(SOURCES[source]);
export const vendorWords = () => say(PEOPLE.vendor!);

export function actorOf({ actor_name, source }: Entry): string {
  if (actor_name) return actor_name;
  return say(PEOPLE[source === "operator" ? "vendor" : source === "system" || source === "visitor" ? source : "gone"]!);
}

export function targetOf({ event, subject, target_id, target_name, actor_id }: Entry): string {
  if (!target_id) return say(PEOPLE.company!);
  if (target_id === actor_id) return say(PEOPLE.oneself!);
  return target_name ?? say(PEOPLE[UNNAMED[event ?? ""] ?? UNNAMED[subject] ?? "gone"]!);
}

/** Several codes, or a number of accounts; codes without words are left out. */
export function reasonOf({ reason }: Entry): string {
  const said = reason.split(",").map((code) => {
    if (/^\d+$/.test(code)) return say(PEOPLE.seats!).replace("{n}", code);
    const both = REASONS[code];
    return both ? say(both) : "";
  });
  return said.filter(Boolean).join(language() === "ja" ? "、" : ", ");
}
