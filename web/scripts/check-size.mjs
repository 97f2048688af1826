// The script that a browser loads before it can show a page that someone opens first, in the larger of the two
// languages, gzipped. Fails above the budget of that page.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

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

const SHELL = ["index.html", "src/features/shell/index.ts"];
const pages = [
  {
    name: "incident list",
    budget_kb: 200,
    entries: [...SHELL, "src/features/incidents/index.ts"],
    texts: ["first"],
  },
  {
    name: "sign-in",
    budget_kb: 200,
    entries: ["index.html", "src/features/sign-in/index.ts"],
    texts: ["first"],
  },
  {
    name: "incident, with the whole timeline",
    budget_kb: 300,
    entries: [...SHELL, "src/main/IncidentRoute.tsx"],
    texts: ["first", "work"],
  },
];
const total = (names) => [...names].reduce((sum, name) => sum + gzipBytes(name), 0);
/** The texts of a page, in the larger of the two languages. */
function textBytes(groups) {
  const inLanguage = (language) =>
    total(
      groups.reduce(
        (found, group) => closure(`src/lib/i18n/locales/${language}/${group}.ts`, found),
        new Set(),
      ),
    );
  return Math.max(inLanguage("en"), inLanguage("zh-CN"));
}

let failed = false;
for (const { name, budget_kb, entries, texts } of pages) {
  const names = entries.reduce((found, entry) => closure(entry, found), new Set());
  const kb = (total(names) + textBytes(texts)) / 1024;
  failed ||= kb > budget_kb;
  console.log(`${kb.toFixed(1).padStart(6)} kB gzip of ${budget_kb}  ${name}`);
}
if (failed) {
  console.error("above the budget: split by route, or do without a dependency");
  process.exit(1);
}
