// Holds the layers: lib <- api, ui <- features/* <- main. Features meet only through their index.ts, and only
// src/api talks to the server. Says why when it fails.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const src = resolve(import.meta.dirname, "../src");
const MAY_USE = {
  lib: ["lib"],
  api: ["api", "lib"],
  ui: ["ui", "lib"],
  features: ["features", "ui", "api", "lib"],
  main: ["main", "features", "ui", "api", "lib"],
};

const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
const layerOf = (path) => (path === "main.tsx" ? "main" : path.split("/")[0]);
const problems = [];

for (const file of files) {
  const text = readFileSync(join(src, file), "utf8");
  const layer = layerOf(file);
  if (!MAY_USE[layer])
    problems.push(`${file}: belongs to no layer; use one of ${Object.keys(MAY_USE).join(", ")}`);
  if (
    layer !== "api" &&
    /(?<![.#\w])fetch\(|\b(window|globalThis)\.fetch\(|new (XMLHttpRequest|EventSource|WebSocket)\(/.test(
      text,
    )
  ) {
    problems.push(
      `${file}: talks to the server; only src/api may, so that errors and headers have one place`,
    );
  }
  for (const [, target] of text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)) {
    const path = relative(src, resolve(src, dirname(file), target));
    const used = layerOf(path);
    if (!MAY_USE[layer]?.includes(used)) {
      problems.push(`${file}: imports ${path}; ${layer} may use only ${MAY_USE[layer]?.join(", ")}`);
    }
    const [, own] = file.split("/");
    const [, other, ...inside] = path.split("/");
    if (used === "features" && (layer !== "features" || own !== other) && inside.length > 0) {
      problems.push(`${file}: reaches into the feature ${other} (${path}); import features/${other} instead`);
    }
    const [, ...apiInside] = path.split("/");
    if (used === "api" && layer !== "api" && apiInside.length > 0) {
      problems.push(`${file}: reaches into src/api (${path}); import src/api instead`);
    }
  }
  const lines = text.split("\n").length;
  if (file.endsWith(".tsx") && !file.includes(".test.") && lines > 151) {
    problems.push(
      `${file}: ${lines} lines; a component has at most 150, behaviour belongs in a module with tests`,
    );
  }
}

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log(`imports: ${files.length} files in order`);
