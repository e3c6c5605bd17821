/** @file One of our engines, where it runs: answers requests from the benchmark's main process, in Node and in a page. */
import { selectBackend } from "../src/engine/backend/index.ts";
import { bindReference } from "../src/engine/bind/reference.ts";
import { bindWasmWith } from "../src/engine/bind/wasm.ts";
import { bindWebgpu } from "../src/engine/bind/webgpu.ts";
import { compile } from "../src/engine/compiler/compile.ts";
import { arenaBytes, costOf } from "../src/engine/compiler/cost.ts";
import type { Plan } from "../src/engine/compiler/plan.ts";
import { select } from "../src/engine/compiler/select.ts";
import type { Bind, BoundProblem } from "../src/engine/problem.ts";
import { hasRelaxedSimd, hasSharedMemory } from "../src/engine/wasm/features.ts";
import { simdPeak } from "../src/engine/wasm/peak.ts";
import { compileFor } from "../src/engine/webgpu/fit.ts";
import { tensorDevice } from "../src/engine/webgpu/tensors.ts";
import type { BackendId } from "../src/protocol/spec.ts";
import type { EngineId, Prepared, PresetName, Sample, StepName } from "./engine.ts";
import { Evaluations, gpuLaunches } from "./launches.ts";
import { Steps, subjectOf } from "./steps.ts";

/** What a host is asked; it answers one request at a time. */
export type Request =
  | { readonly kind: "prepare"; readonly id: EngineId; readonly preset: PresetName }
  | {
      readonly kind: "measure";
      readonly step: StepName;
      readonly count: number;
      readonly warm: number;
    }
  | { readonly kind: "peak" };
/** What it answers. */
export interface Replies {
  readonly prepare: Prepared;
  readonly measure: readonly Sample[];
  /** Multiply-adds a second of one core, in thousands of millions. */
  readonly peak: number;
}
export type Reply<K extends keyof Replies = keyof Replies> =
  | { readonly ok: true; readonly value: Replies[K] }
  | { readonly ok: false; readonly reason: string };

interface Ready {
  readonly steps: Steps;
  readonly evaluations: Evaluations;
}
let ready: Ready | undefined;

/** Answers a request; errors become reasons. */
export async function answer(request: Request): Promise<Reply> {
  try {
    return { ok: true, value: await handle(request) };
  } catch (error) {
    return { ok: false, reason: (error as Error).message };
  }
}
function handle(request: Request): Promise<Replies[keyof Replies]> {
  switch (request.kind) {
    case "prepare":
      return prepare(request.id, request.preset);
    case "measure":
      return measure(request.step, request.count, request.warm);
    case "peak":
      return simdPeak();
    default:
      return request satisfies never;
  }
}

async function prepare(id: EngineId, preset: PresetName): Promise<Prepared> {
  if (id.relaxed && !hasRelaxedSimd()) throw new Error("no relaxed SIMD here");
  if (id.threads > 1 && !hasSharedMemory()) throw new Error("no shared memory here");
  await selectBackend(tfjsBackend(id));
  const { net, task, batchSize } = subjectOf(preset);
  const evaluations = new Evaluations();

  const from = performance.now();
  const problem = await binder(id)(net, task, batchSize);
  const bound = performance.now();
  const steps = new Steps(preset, evaluations.watch(problem) as BoundProblem, task, batchSize);
  await steps.take("w");
  const firstStepMs = performance.now() - from;

  ready = { steps, evaluations };
  if (id.engine === "reference" || !net.network) return { firstStepMs };
  const plan: Plan =
    id.engine === "webgpu"
      ? compileFor(tensorDevice().limits, net.network, batchSize)
      : compile(net.network, batchSize);
  if (id.engine === "wasm") evaluations.plan = plan;
  return {
    compileMs: bound - from,
    firstStepMs,
    arenaBytes: arenaBytes(plan, id.threads),
    multiplyAdds: costOf(plan, select(plan, "weights")).multiplyAdds,
  };
}
const tfjsBackend = ({ engine, host }: EngineId): BackendId =>
  engine === "wasm" ? "wasm" : engine === "webgpu" || host === "chromium" ? "webgpu" : "cpu";
const binder = ({ engine, threads, relaxed }: EngineId): Bind =>
  engine === "wasm"
    ? bindWasmWith({ threads, relaxed })
    : engine === "webgpu"
      ? bindWebgpu
      : bindReference;

async function measure(step: StepName, count: number, warm: number): Promise<readonly Sample[]> {
  if (!ready) throw new Error("nothing is prepared");
  const { steps, evaluations } = ready;
  for (let i = 0; i < warm; i++) await steps.take(step);
  const samples: Sample[] = [];
  for (let i = 0; i < count; i++) {
    evaluations.forget();
    const before = gpuLaunches();
    const from = performance.now();
    await steps.take(step);
    const ms = performance.now() - from;
    samples.push({ ms, dispatches: evaluations.calls() ?? (gpuLaunches() - before || undefined) });
  }
  return samples;
}
