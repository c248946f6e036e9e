import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";

/** One build for each site; the mode is its name. */
export default defineConfig(({ mode }) => {
  const dist = join(import.meta.dirname, "dist", mode);
  return {
    root: join(import.meta.dirname, "src", mode),
    publicDir: join(import.meta.dirname, "public"),
    plugins: [svelte({ configFile: false, compilerOptions: { runes: true } }), precompressed(dist)],
    build: {
      outDir: dist,
      emptyOutDir: true,
      target: "es2022",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { checks: { pluginTimings: false } },
    },
  };
});

/** Writes each text file as gzip and Brotli besides, so that the gateway compresses nothing. */
function precompressed(dist: string): Plugin {
  return {
    name: "precompressed",
    apply: "build",
    closeBundle() {
      for (const name of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
        if (!/\.(html|js|css|svg|txt)$/.test(name)) continue;
        const path = join(dist, name);
        const text = readFileSync(path);
        writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }));
        const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
        writeFileSync(`${path}.br`, brotliCompressSync(text, { params: quality }));
      }
    },
  };
}
