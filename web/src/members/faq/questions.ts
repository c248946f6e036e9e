/** The questions by group; each id is its place in the address: `/faq#seats`. */
export const GROUPS = {
  use: ["who", "browsers", "personal"],
  account: ["address", "password", "change", "delete", "several", "resume", "leaver", "presence"],
  company: ["seats", "list", "remove"],
} as const;

export type Group = keyof typeof GROUPS;
export type Question = (typeof GROUPS)[Group][number];

/** A paragraph, points, or numbered steps. */
export type Block = string | { points: string[] } | { steps: string[] };

export type Words = { question: string; answer: Block[]; link?: { text: string; href: string } };

/** All that a search looks through. */
export function textOf({ question, answer }: Words): string {
  const lines = answer.flatMap((block) => (typeof block === "string" ? block : "points" in block ? block.points : block.steps));
  return [question, ...lines].join("\n");
}
