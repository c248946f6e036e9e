// Builds both sites, each into a folder of its own.
import { build } from "vite";

const flag = process.argv.indexOf("--logLevel");
const logLevel = flag === -1 ? "info" : process.argv[flag + 1];
for (const mode of ["members", "operators"]) await build({ mode, logLevel, configFile: "vite.config.ts" });
