/** @file Small specs for every space, and a way to make runs of them without files. */
import { bindWasmOn } from "../../src/engine/bind/wasm.ts";
import {
  catalog,
  createRun,
  type Registry,
  type Run,
  registry as real,
} from "../../src/engine/index.ts";
import type { Bind } from "../../src/engine/problem.ts";
import type { RunSpec, SgdSpec } from "../../src/protocol/spec.ts";
import { blobs } from "./blobs.ts";
import { letters } from "./letters.ts";

/** The real registry, with tasks of made-up images and letters in place of those that need files. */
export const registry: Registry = {
  ...real,
  tasks: [...real.tasks.filter((t) => t.signature.kind === "analytic"), blobs, letters],
};
export const plainSgd = (lr: number): SgdSpec => ({
  kind: "sgd",
  lr,
  lrFloor: lr,
  momentum: 0,
  decay: 0,
  clip: 0,
});
/** Seconds matter: the smallest sizes each space allows. */
const smallest: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "darts-conv": { cells: 1, channels: 2, nodes: 1 },
  nb201: { stages: 2, cells: 1, channels: 2, nodes: 3 },
  width: { stages: 2, blocks: 1, channels: 2 },
  recurrent: { hidden: 4, nodes: 2 },
  collapse: { stages: 1, cells: 1, channels: 2, nodes: 3 },
};
export const specOf = (method: string, space: string, task: string): RunSpec => ({
  method,
  space,
  task,
  backend: "cpu",
  seed: 7,
  steps: 4,
  batchSize: 4,
  hyper: {},
  spaceHyper: smallest[space] ?? {},
  taskHyper: {},
  weightOptimizer: { ...plainSgd(0.025), momentum: 0.9, decay: 3e-4, lrFloor: 0.001, clip: 5 },
  alphaOptimizer: { kind: "adam", lr: 3e-3, beta1: 0.5, beta2: 0.999, decay: 1e-3 },
});
export const read = async (path: string): Promise<ArrayBuffer> => {
  throw new Error(`no file ${path}`);
};
/** A run on compiled networks, on one thread as other tests run beside it, unless another binding is asked for. */
export const make = (
  spec: RunSpec,
  checkpoint?: ArrayBuffer,
  bind: Bind = bindWasmOn(1),
): Promise<Run> => createRun(spec, { registry, read, bind, checkpoint });

const offer = catalog(registry);
/** Every method with every space that it accepts and every task that the space serves. */
export const compatible = offer.spaces.flatMap((space) =>
  space.tasks.flatMap((task) =>
    offer.methods
      .filter((method) => method.spaces.includes(space.id))
      .map((method) => [method.id, space.id, task] as const),
  ),
);
