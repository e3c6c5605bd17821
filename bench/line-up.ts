/** @file Which engines take part, and what they are called. */
import type { Options } from "./args.ts";
import type { EngineId } from "./engine.ts";
import { benchPresets } from "./presets.ts";

const both = [false, true];
const everywhere: readonly EngineId[] = [
  ...(["node", "chromium"] as const).flatMap((host) =>
    [1, 2].flatMap((threads) =>
      both.map((relaxed): EngineId => ({ engine: "wasm", host, threads, relaxed })),
    ),
  ),
  { engine: "webgpu", host: "chromium", threads: 1, relaxed: false },
  { engine: "reference", host: "node", threads: 1, relaxed: false },
  { engine: "reference", host: "chromium", threads: 1, relaxed: false },
  { engine: "torch", host: "node", threads: 1, relaxed: false },
  { engine: "torch", host: "node", threads: 2, relaxed: false },
];

/** The engines that these options ask for. PyTorch has no host to choose. */
export const lineUp = ({ preset, engines, named, hosts }: Options): readonly EngineId[] =>
  everywhere.filter(
    ({ engine, host }) =>
      engines.includes(engine) &&
      (engine === "torch" || hosts.includes(host)) &&
      (engine !== "reference" || named || benchPresets[preset].reference),
  );

/** "WASM, 2 threads, relaxed SIMD, Node". */
export function nameOf({ engine, host, threads, relaxed }: EngineId): string {
  const place = host === "node" ? "Node" : "Chromium";
  const count = threads === 1 ? "1 thread" : `${threads} threads`;
  switch (engine) {
    case "wasm":
      return `WASM, ${count}${relaxed ? ", relaxed SIMD" : ""}, ${place}`;
    case "webgpu":
      return `WebGPU, ${place}`;
    case "reference":
      return host === "node" ? "plain tfjs, cpu, Node" : "plain tfjs, WebGPU, Chromium";
    case "torch":
      return `PyTorch, ${count}`;
    default:
      return engine satisfies never;
  }
}
