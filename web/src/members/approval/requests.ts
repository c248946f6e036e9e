/** What waits for the company's decision. */
import type { components } from "../../api/membership";

export type Waiting = components["schemas"]["WaitingAnswer"];
export type Double = components["schemas"]["DoubleAnswer"];
export type Reason = Waiting["reasons"][number];
export type Rejection = components["schemas"]["RejectBody"]["reason"];
export type Verb = "approve" | "reject";

type Named = { family_name: string; given_name: string; family_name_kana: string; given_name_kana: string };

export const nameOf = (person: Named) => `${person.family_name} ${person.given_name}`;
export const kanaOf = (person: Named) => `${person.family_name_kana} ${person.given_name_kana}`.trim();
