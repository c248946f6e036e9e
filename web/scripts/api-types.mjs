// Writes src/api from the services: the types of their answers, and the words of the audit log; with --check it only compares.
import { readFileSync, writeFileSync } from "node:fs";
import openapi, { astToString } from "openapi-typescript";

const root = (path) => new URL(`../../${path}`, import.meta.url);
let drift = false;

function make(name, source, text) {
  const file = new URL(`../src/api/${name}`, import.meta.url);
  if (!process.argv.includes("--check")) writeFileSync(file, text);
  else if (readFileSync(file, "utf8") !== text) {
    console.error(`src/api/${name} does not follow ${source}: run make docs`);
    drift = true;
  }
}

for (const service of ["auth", "membership"]) {
  const source = `docs/openapi/${service}.json`;
  make(`${service}.d.ts`, source, astToString(await openapi(root(source))));
}
const WORDS = "services/membership/api/audit_words.json";
make("audit_words.ts", WORDS, `// Made from ${WORDS} by \`make docs\`.\nexport const words = ${readFileSync(root(WORDS), "utf8").trimEnd()} as const;\n`);
process.exit(drift ? 1 : 0);
