/** @file Any sequence of commands keeps the page's picture true and frees everything. */
import { memory } from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { selectBackend } from "../../src/engine/backend/index.ts";
import type { Command, EngineEvent } from "../../src/protocol/messages.ts";
import type { RunId } from "../../src/protocol/spec.ts";
import { type EngineState, initialState, reduce } from "../../src/ui/state/store.ts";
import { host } from "../../src/worker/host.ts";
import { hostOptions } from "../support/endpoints.ts";
import { specOf } from "../support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});
const ids = ["a", "b"] as RunId[];
const spec = { ...specOf("rarts", "toy", "toy"), steps: 30 };
const command = fc.constantFrom(...ids).chain((runId) =>
  fc.constantFrom<Command>(
    { kind: "create", runId, spec },
    { kind: "create", runId, spec: { ...spec, method: "edas" } },
    { kind: "play", runId },
    { kind: "pause", runId },
    { kind: "step", runId },
    { kind: "tune", runId, patch: { hyper: { beta: 2 } } },
    { kind: "tune", runId, patch: { hyper: { beta: -2 } } },
    {
      kind: "tune",
      runId,
      patch: { steer: [{ group: "alpha", edge: 0, op: 0, set: 1, force: "hold" }] },
    },
    {
      kind: "tune",
      runId,
      patch: { steer: [{ group: "alpha", edge: 0, op: 0, force: "mask" }] },
    },
    { kind: "checkpoint", runId },
    { kind: "dispose", runId },
  ),
);
const pauseMs = fc.constantFrom(0, 0, 0, 8);

it("any command sequence keeps the picture true and frees everything", async () => {
  // Once, for all sequences: a run still being made when its sequence ends shows its tensors, and frees them, later.
  const before = memory().numTensors;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(command, pauseMs), { maxLength: 60 }), async (script) => {
      let state: EngineState = initialState;
      let send: (c: Command) => void = () => {};
      const events: EngineEvent[] = [];
      host(
        {
          postMessage(event) {
            events.push(structuredClone(event));
            state = reduce(state, structuredClone(event));
          },
          onMessage(listener) {
            send = listener;
          },
        },
        hostOptions,
      );
      for (const [next, ms] of script) {
        send(next);
        if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
      }
      for (const runId of ids) send({ kind: "dispose", runId });
      await expect.poll(() => liveRuns(state), { timeout: 5000 }).toEqual([]);
      await expect.poll(() => memory().numTensors, { timeout: 5000 }).toBe(before);
      for (const event of events)
        if (event.kind === "refused")
          expect(event.error.message).toMatch(
            /no run|exists|beta = -2|no candidates to mask|cannot search/,
          );
        else if (event.kind === "failed") expect(event.error.message).toMatch(/cannot search/);
    }),
    { numRuns: 25, interruptAfterTimeLimit: 20_000 },
  );
}, 60_000);

/** A run that could not be made is still shown, with its error. */
const liveRuns = ({ runs }: EngineState) =>
  Object.entries(runs).filter(([, run]) => run.status !== "failed");
