// Writes src/api/<service>.d.ts from the services' OpenAPI documents; with --check it only compares.
import { readFileSync, writeFileSync } from "node:fs";
import openapi, { astToString } from "openapi-typescript";

let drift = false;
for (const service of ["auth", "membership"]) {
  const document = new URL(`../../docs/openapi/${service}.json`, import.meta.url);
  const types = new URL(`../src/api/${service}.d.ts`, import.meta.url);
  const text = astToString(await openapi(document));
  if (!process.argv.includes("--check")) writeFileSync(types, text);
  else if (readFileSync(types, "utf8") !== text) {
    console.error(`src/api/${service}.d.ts does not follow docs/openapi/${service}.json: run make docs`);
    drift = true;
  }
}
process.exit(drift ? 1 : 0);
