/** @file A search whose backend fails: its last good state is at hand, and another backend goes on from it. */
import { beforeAll, expect, it, vi } from "vitest";
import { type Started, takeOver } from "../src/cli/take-over.ts";
import { selectBackend } from "../src/engine/backend/index.ts";
import { bindReference } from "../src/engine/bind/reference.ts";
import { BackendError, createRun, play, type Registry } from "../src/engine/index.ts";
import type { Bind } from "../src/engine/problem.ts";
import type { EngineEvent, Rescue } from "../src/protocol/messages.ts";
import type { RunId } from "../src/protocol/spec.ts";
import { host } from "../src/worker/host.ts";
import { hostOptions, pair } from "./support/endpoints.ts";
import { make, read, registry, specOf } from "./support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});
const spec = { ...specOf("darts", "toy", "toy"), steps: 120 };
const runId = "a" as RunId;

/** As the reference, until the pass of that number, which finds the device gone. */
const failingAt =
  (pass: number): Bind =>
  async (...args) => {
    const problem = await bindReference(...args);
    let passes = 0;
    return {
      ...problem,
      lossAndGrad(...question) {
        passes += 1;
        if (passes >= pass) throw new BackendError("the device was lost");
        return problem.lossAndGrad(...question);
      },
    };
  };
async function losses(run: Awaited<ReturnType<typeof make>>): Promise<number[]> {
  const found: number[] = [];
  for await (const { records } of play(run)) found.push(...records.map((r) => r.valLoss));
  return found;
}

it("goes on elsewhere as if nothing had happened", async () => {
  using whole = await make(spec, undefined, bindReference);
  const wanted = await losses(whole);

  // Two passes a step: the second one of step 7 fails.
  const run = await make(spec, undefined, failingAt(16));
  const first = await run.step(100);
  expect(first.records).toHaveLength(7);
  const error = await run.step().catch((e: unknown) => e);
  expect(error).toBeInstanceOf(BackendError);

  const asked: unknown[] = [];
  const options = { registry, read, bind: bindReference };
  const start = async (some: readonly string[], checkpoint?: ArrayBuffer): Promise<Started> => {
    asked.push(...some);
    const other = { ...spec, backend: "cpu" } as const;
    return { run: await make(other, checkpoint, bindReference), backend: "cpu", options };
  };
  const lost = { run, backend: "webgpu", options } as const;
  const next = await takeOver(error, lost, ["webgpu", "cpu"], start);
  expect(asked).toEqual(["cpu"]);
  expect(next.run.steps).toBe(7);
  expect(next.run.spec.backend).toBe("cpu");
  expect([...first.records.map((r) => r.valLoss), ...(await losses(next.run))]).toEqual(wanted);
  next.run.dispose();
});

it("gives up where no backend is left, or where none is to blame", async () => {
  using run = await make(spec, undefined, bindReference);
  const start = () => Promise.reject(new Error("not asked for"));
  const started = { run, backend: "cpu" } as const;
  const lost = new BackendError("lost");
  await expect(takeOver(lost, started, ["wasm", "cpu"], start)).rejects.toBe(lost);
  const own = new Error("a mistake");
  await expect(takeOver(own, started, ["cpu", "wasm"], start)).rejects.toBe(own);
});

/** Plays a run to its failure and returns what the host says of it. */
async function failure(
  options: Partial<typeof hostOptions>,
): Promise<{ code: string; rescue?: Rescue }> {
  const [page, worker] = pair();
  const events: EngineEvent[] = [];
  page.onMessage((event) => events.push(event));
  host(worker, { ...hostOptions, ...options });
  page.postMessage({ kind: "create", runId, spec });
  page.postMessage({ kind: "play", runId });
  const failed = await vi.waitFor(
    () => {
      const found = events.find((event) => event.kind === "failed");
      if (!found) throw new Error("it has not failed yet");
      return found;
    },
    { timeout: 10_000 },
  );
  return { code: failed.error.code, ...(failed.rescue && { rescue: failed.rescue }) };
}
/** The registry with a DARTS that fails at a step. */
const failing = (at: number, error: Error): Registry => ({
  ...registry,
  methods: registry.methods.map((method) => ({
    ...method,
    step(problem, state, context) {
      if (context.step === at) throw error;
      return method.step(problem, state, context);
    },
  })),
});

it("hands over the state of the last step with the failure", async () => {
  const broken = failing(30, new BackendError("a helper thread is gone"));
  const { code, rescue } = await failure({ registry: broken });
  expect(code).toBe("BackendError");
  expect(rescue?.step).toBe(30);
  const options = { registry, read, bind: bindReference, checkpoint: rescue?.bytes };
  using run = await createRun(spec, options);
  expect(run.steps).toBe(30);
});

it("hands over the last state that was kept where the device's own cannot be read", async () => {
  let isLost = false;
  const dying: Registry = {
    ...registry,
    methods: registry.methods.map((method) => ({
      ...method,
      step(problem, state, context) {
        isLost ||= context.step === 80;
        return method.step(problem, state, context);
      },
    })),
  };
  const { rescue } = await failure({
    registry: dying,
    backend: {
      ...hostOptions.backend,
      assertHealthy() {
        if (isLost) throw new BackendError("the WebGPU device was lost");
      },
    },
  });
  expect(rescue?.step).toBeGreaterThanOrEqual(50);
  expect(rescue?.step).toBeLessThanOrEqual(80);
  using run = await make(spec, rescue?.bytes, bindReference);
  expect(run.steps).toBe(rescue?.step);
});
