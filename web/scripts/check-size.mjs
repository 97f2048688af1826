// The script that a browser loads before it can show the first page (the incident list, in the larger of the two
// languages), gzipped. Fails above the budget.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 200 * 1024;
const dist = resolve(import.meta.dirname, "../dist");
const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8"));

/** An entry with everything it imports at once. */
function closure(name, found = new Set()) {
  const entry = manifest[name];
  if (!entry || found.has(name)) return found;
  found.add(name);
  for (const next of entry.imports ?? []) closure(next, found);
  return found;
}

const sizes = new Map();
function gzipBytes(name) {
  const { file } = manifest[name];
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(join(dist, file)), { level: 9 }).length);
  return sizes.get(file);
}

const pages = {
  "incident list": ["index.html", "src/features/shell/index.ts", "src/features/incidents/index.ts"],
  "sign-in": ["index.html", "src/features/sign-in/index.ts"],
  incident: ["index.html", "src/features/shell/index.ts", "src/main/IncidentRoute.tsx"],
};
const languages = ["src/lib/i18n/locales/en/index.ts", "src/lib/i18n/locales/zh-CN/index.ts"];
const total = (names) => [...names].reduce((sum, name) => sum + gzipBytes(name), 0);
const language = Math.max(...languages.map((name) => total(closure(name))));

let failed = false;
for (const [page, entries] of Object.entries(pages)) {
  const names = entries.reduce((found, entry) => closure(entry, found), new Set());
  const bytes = total(names) + language;
  failed ||= bytes > BUDGET_BYTES;
  console.log(`${(bytes / 1024).toFixed(1).padStart(6)} kB gzip of ${BUDGET_BYTES / 1024}  ${page}`);
}
if (failed) {
  console.error("above the budget: split by route, or do without a dependency");
  process.exit(1);
}
