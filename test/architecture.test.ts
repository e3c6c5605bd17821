/** @file Who may import whom: the table of CONTRIBUTING.md, checked on every source file. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../src", import.meta.url));
const core = "@tensorflow/tfjs-core";
const engine = ["engine/core", "engine/problem.ts", "engine/errors.ts", "protocol", core];
const drawn = [
  "ui/viz",
  "ui/hooks",
  "ui/charts",
  "ui/parts",
  "ui/styles",
  "genotype",
  "protocol",
  "react",
  "d3",
];

/** Layer (a folder or file under src; the longest match counts) → what it may import besides itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  genotype: ["protocol"],
  "engine/errors.ts": [],
  "engine/problem.ts": ["engine/core", "engine/network", "protocol", core],
  "engine/index.ts": [
    "engine/bind",
    ...["engine/methods", "engine/spaces", "engine/tasks", "engine/ops", "engine/probes"],
    ...["engine/run", "engine/core", "engine/problem.ts", "engine/errors.ts", "protocol"],
    "genotype",
  ],
  "engine/core": ["engine/errors.ts", "genotype", "protocol", core],
  "engine/backend": [
    ...["engine/core", "engine/errors.ts", "engine/wasm/features.ts", "protocol"],
    ...["@tensorflow", "#tf-gradients"],
  ],
  "engine/bind": [
    ...[...engine, "engine/network", "engine/compiler", "engine/wasm", "engine/webgpu"],
    "engine/recurrent",
  ],
  "engine/recurrent": ["engine/network", "engine/core", "engine/wasm"],
  "engine/network": ["engine/core", "engine/errors.ts", "protocol"],
  "engine/reference": [...engine, "engine/network"],
  "engine/compiler": ["engine/network"],
  "engine/kernels": ["engine/compiler", "engine/wasm", "engine/webgpu"],
  "engine/wasm": ["engine/compiler", "engine/kernels", "engine/network", "engine/errors.ts"],
  "engine/webgpu": [
    ...["engine/compiler", "engine/kernels", "engine/network", "engine/errors.ts"],
    "@tensorflow",
  ],
  "engine/ops": ["engine/network", "engine/core", "engine/errors.ts", "protocol"],
  "engine/spaces": [
    ...[...engine, "genotype", "engine/ops", "engine/network", "engine/reference"],
    "engine/recurrent",
  ],
  "engine/methods": [...engine, "genotype"],
  "engine/tasks": [...engine, "fflate", "@noble/hashes"],
  "engine/probes": [
    ...engine,
    "genotype",
    "engine/methods/gradients.ts",
    "engine/methods/paths.ts",
  ],
  "engine/run": [...engine, "engine/probes", "genotype"],
  offline: [],
  worker: ["engine/index.ts", "engine/backend", "protocol"],
  cli: ["engine/index.ts", "engine/backend", "genotype", "protocol", "node:"],
  "ui/lessons": ["ui/viz", "genotype", "protocol"],
  "ui/state": [
    "ui/lessons",
    "ui/viz",
    "genotype",
    "protocol",
    "react",
    "zustand",
    "d3",
    "fflate",
    "idb",
  ],
  "ui/viz": ["genotype", "protocol", "d3"],
  "ui/images": ["protocol", "fflate"],
  "ui/charts": drawn,
  "ui/parts": drawn,
  "ui/hooks": drawn,
  "ui/panels": [...drawn, "ui/images", "ui/lessons", "ui/state"],
  ui: [...drawn, "ui/panels", "ui/state", "react-dom"],
};

interface Source {
  /** Path under src, with forward slashes. */
  readonly file: string;
  /** Without comments. */
  readonly code: string;
}
const sources: readonly Source[] = readdirSync(root, { recursive: true, encoding: "utf8" })
  .map((path) => path.split(sep).join("/"))
  .filter((path) => /\.tsx?$/.test(path) && !/\.test(-d)?\.tsx?$/.test(path))
  .map((file) => ({ file, code: withoutComments(readFileSync(join(root, file), "utf8")) }));

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'`])\/\/.*$/gm, "$1");
}
/** Everything that a file imports, re-exports or loads, values and types alike. */
function specifiers(code: string): string[] {
  const pattern = /(?:(?<!["'])\bfrom\s*|\bimport\s*\(?\s*)["']([^"']+)["']/g;
  return [...code.matchAll(pattern)].map(([, specifier]) => specifier as string);
}
/** A specifier as the table names it: a path under src, or a package. */
function target(file: string, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  return relative(root, join(root, dirname(file), specifier))
    .split(sep)
    .join(posix.sep);
}
const within = (path: string, layer: string): boolean =>
  path === layer || path.startsWith(layer.endsWith(":") ? layer : `${layer}/`);
const layerOf = (file: string): string | undefined =>
  Object.keys(allowed)
    .filter((layer) => within(file, layer))
    .sort((a, b) => b.length - a.length)[0];

function violations({ file, code }: Source): string[] {
  const layer = layerOf(file);
  if (layer === undefined) return [`${file} is in no layer of the table`];
  const targets = specifiers(code).map((specifier) => target(file, specifier));
  return targets
    .filter((path) => (layerOf(path) ?? path) !== layer)
    .filter((path) => !path.endsWith(".css"))
    .filter((path) => ![...(allowed[layer] ?? [])].some((entry) => within(path, entry)))
    .map((path) => `${file} (${layer}) imports ${path}`);
}

/** What in `src/engine` would make a run depend on more than its spec, or leak. */
const banned: readonly (readonly [where: RegExp, what: RegExp, why: string])[] = [
  [/^engine/, /\bMath\.random\b|\bDate\.now\b|\bnew Date\b/, "a run is a function of its spec"],
  [
    /^engine/,
    // The compiler has windows of its own; types without the DOM catch the rest.
    /(?<![.\w])(?:document\s*[.[]|window\s*\.\s*(?:document|location|navigator|\w+EventListener)\b)/,
    "the engine knows no page",
  ],
  // Threads are the platform's, and Node hides its own behind a module.
  [
    /^engine/,
    /["']node:(?!worker_threads["'])/,
    "files are read by the ReadFile that is handed in",
  ],
  // Beside the WebAssembly engine and the recurrent loops, tensors are plain arrays already.
  [
    /^engine\/(?!bind\/(?:wasm|recurrent))/,
    /\b(?:dataSync|arraySync)\s*\(/,
    "a synchronous read stalls",
  ],
  [
    /^engine/,
    /\b(?:keep|variable|train|rand|random[A-Z]\w*|truncatedNormal|multinomial|dropout)\b[^;]*\}\s*from\s*["']@tensorflow/,
    "randomness is core/rng's, memory is the run's",
  ],
  [
    /^engine\/(?:methods|spaces|ops|network)/,
    /\b(?:tidy|dispose)\b[^;]*\}\s*from\s*["']@tensorflow/,
    "the run frees what a pure function did not return",
  ],
];
function misuses({ file, code }: Source): string[] {
  return banned
    .filter(([where, what]) => where.test(file) && what.test(code))
    .map(([, what, why]) => `${file} has ${what.exec(code)?.[0]}: ${why}`);
}

describe("architecture", () => {
  it("sees the whole of src", () => {
    expect(sources.length).toBeGreaterThan(150);
  });
  it("has every layer in the table that newcomers read", () => {
    const page = readFileSync(join(root, "..", "CONTRIBUTING.md"), "utf8");
    const folders = Object.keys(allowed).filter((layer) => !layer.endsWith(".ts"));
    expect(folders.filter((layer) => !page.includes(`\`${layer}\``))).toEqual([]);
  });
  it("imports only what the table allows", () => {
    expect(sources.flatMap(violations)).toEqual([]);
  });
  it("keeps chance, clocks, pages and files out of the engine", () => {
    expect(sources.flatMap(misuses)).toEqual([]);
  });
  it.each([
    ["engine/methods/x.ts", 'import { toy } from "../spaces/toy.ts";'],
    ["engine/methods/x.ts", 'import type { Run } from "../run/run.ts";'],
    ["engine/core/x.ts", 'export * from "../problem.ts";'],
    ["engine/network/x.ts", 'import { add } from "@tensorflow/tfjs-core";'],
    ["ui/charts/x.tsx", 'const m = await import("../../engine/index.ts");'],
    ["ui/viz/x.ts", 'import { useMemo } from "react";'],
    ["genotype/x.ts", 'import { add } from "@tensorflow/tfjs-core";'],
    ["cli/x.ts", 'import { darts } from "../engine/methods/darts.ts";'],
    ["worker/x.ts", 'import "../ui/main.tsx";'],
    ["elsewhere/x.ts", ""],
  ])("refuses in %s: %s", (file, code) => {
    expect(violations({ file, code })).toHaveLength(1);
  });
  it.each([
    "const x = Math.random();",
    "const now = Date.now();",
    "document.title = '';",
    "const here = window.location.href;",
    'import { readFile } from "node:fs/promises";',
    "const [x] = loss.dataSync();",
    'import { add, keep } from "@tensorflow/tfjs-core";',
    'import { tidy } from "@tensorflow/tfjs-core";',
    'import {\n  randomNormal,\n  sub,\n} from "@tensorflow/tfjs-core";',
  ])("refuses in the engine: %s", (code) => {
    expect(misuses({ file: "engine/methods/x.ts", code })).toHaveLength(1);
  });
});
