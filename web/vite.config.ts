import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const server = process.env.FUPAN_URL ?? "http://127.0.0.1:8080";

const PACKED = /\.(js|css|html|svg)$/;
const WORTH_PACKING_BYTES = 1024;

/** Writes `name.br` and `name.gz` beside what packs well: the server embeds and sends them as they are. */
function packed(): Plugin {
  return {
    name: "packed",
    apply: "build",
    async writeBundle({ dir }) {
      if (!dir) return;
      const names = await readdir(dir, { recursive: true });
      for (const name of names.filter((name) => PACKED.test(name))) {
        const bytes = await readFile(join(dir, name));
        if (bytes.length < WORTH_PACKING_BYTES) continue;
        await writeFile(join(dir, `${name}.gz`), gzipSync(bytes, { level: 9 }));
        const params = {
          [constants.BROTLI_PARAM_QUALITY]: 11,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        };
        await writeFile(join(dir, `${name}.br`), brotliCompressSync(bytes, { params }));
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), packed()],
  build: {
    outDir: "dist",
    target: "es2022",
    // The content security policy of the server allows no data: addresses for scripts and fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
  },
  server: {
    port: 5173,
    proxy: {
      "/api": { target: server, changeOrigin: false },
      "/healthz": { target: server },
      "/readyz": { target: server },
    },
  },
  test: {
    include: ["src/**/*.test.ts", "src/**/*.test.tsx"],
    environment: "node",
  },
});
