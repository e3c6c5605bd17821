/** @file The page's store and the worker's host over a real message channel. */
import { memory } from "@tensorflow/tfjs-core";
import { beforeEach, expect, it } from "vitest";
import type { RunId } from "../../src/protocol/spec.ts";
import { hosted } from "../support/hosted.ts";
import { specOf } from "../support/specs.ts";

const { client, send, run: runOf, waitFor } = hosted();
const runId = "a" as RunId;
const spec = { ...specOf("darts", "toy", "toy"), steps: 40 };
const run = () => runOf(runId);

beforeEach(async () => {
  await waitFor(() =>
    expect(
      client()
        .store.getState()
        .catalog?.methods.map((m) => m.id),
    ).toEqual(["darts", "rarts", "edas", "milenas", "gdas", "random", "rsps", "slimming", "fixed"]),
  );
});

it("says what can search what", () => {
  const { catalog } = client().store.getState();
  const spacesOf = (method: string) => catalog?.methods.find((m) => m.id === method)?.spaces;
  // The others have numbers for α, not choices.
  const cells = catalog?.spaces.map((s) => s.id).filter((id) => !["toy", "width"].includes(id));
  expect(cells).toContain("darts-conv");
  expect(spacesOf("edas")).toEqual(cells);
  expect(catalog?.spaces.find((s) => s.id === "toy")?.tasks).toEqual(["toy"]);
});
it("plays, tunes live, refuses, and disposes", async () => {
  const before = memory().numTensors;
  send({ kind: "create", runId, spec });
  send({ kind: "play", runId, rate: 200 });
  await waitFor(() => expect(run()?.records.length).toBeGreaterThan(5));
  send({ kind: "tune", runId, patch: { hyper: { xi: 0.1 } } });
  await waitFor(() => expect(run()?.status).toBe("finished"));
  expect(run()?.spec?.hyper["xi"]).toBe(0.1);
  expect(run()?.records.map((r) => r.step) ?? []).toEqual(Array.from({ length: 40 }, (_, i) => i));
  send({ kind: "tune", runId, patch: { hyper: { xi: 100 } } });
  await waitFor(() => expect(run()?.refused?.code).toBe("HyperError"));
  expect(run()?.status).toBe("finished");
  send({ kind: "dispose", runId });
  await waitFor(() => expect(run()).toBeUndefined());
  expect(memory().numTensors).toBe(before);
});
it("shows alpha and the genotype before the first step", async () => {
  send({ kind: "create", runId, spec });
  await waitFor(() => expect(run()?.latest?.alpha["alpha"]).toEqual(Float32Array.of(2)));
  expect(run()?.records).toEqual([]);
});
it("keeps to the rate that was asked for", async () => {
  send({ kind: "create", runId, spec: { ...spec, steps: 15 } });
  const startMs = performance.now();
  send({ kind: "play", runId, rate: 50 });
  await waitFor(() => expect(run()?.status).toBe("finished"));
  expect(performance.now() - startMs).toBeGreaterThan(14 * 20);
});
it("probes a run between its steps, and refuses where there is nothing to measure", async () => {
  const conv = specOf("darts", "darts-conv", "blobs");
  send({ kind: "create", runId, spec: conv });
  send({ kind: "play", runId });
  send({ kind: "probe", runId, probe: "gap" });
  send({ kind: "probe", runId, probe: "alpha" });
  await waitFor(() => expect(run()?.probed).toHaveLength(2));
  await waitFor(() => expect(run()?.status).toBe("finished"));
  const [gap, alpha] = run()?.probed ?? [];
  expect(gap).toMatchObject({ probe: "gap", passes: 6 });
  expect(gap?.values["gap"]).toBeTypeOf("number");
  expect(alpha).toMatchObject({ probe: "alpha", passes: 0 });
  expect(run()?.latest?.spent?.gradients).toBeGreaterThan(0);
  send({ kind: "probe", runId, probe: "sharp" });
  await waitFor(() => expect(run()?.refused?.message).toContain('no probe "sharp"'));
  const { catalog } = client().store.getState();
  expect(catalog?.probes.find(({ id }) => id === "gap")?.spaces).not.toContain("toy");
});
it("measures accuracy between steps, and refuses where nothing tells right from wrong", async () => {
  send({ kind: "create", runId, spec: specOf("darts", "darts-conv", "blobs") });
  send({ kind: "step", runId });
  send({ kind: "evaluate", runId });
  await waitFor(() => expect(run()?.evaluated).toBeDefined());
  expect(run()?.evaluated).toMatchObject({ step: 1, examples: 8 });
  expect((run()?.evaluated?.accuracy ?? -1) * 8).toBeOneOf([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  const toy = "toy" as RunId;
  send({ kind: "create", runId: toy, spec });
  send({ kind: "evaluate", runId: toy });
  const refused = () => runOf(toy)?.refused?.message;
  await waitFor(() => expect(refused()).toContain("accuracy needs a task with labels"));
});
it("a run that cannot be made fails and frees its name", async () => {
  send({ kind: "create", runId, spec: { ...spec, method: "edas" } });
  await waitFor(() => expect(run()?.status).toBe("failed"));
  expect(run()?.error?.message).toContain('method "edas" cannot search space "toy"');
  send({ kind: "create", runId, spec });
  await waitFor(() => expect(run()?.status).toBe("paused"));
});
it("a run that diverges fails and keeps its history", async () => {
  const wild = { kind: "sgd", lr: 2, lrFloor: 2, momentum: 0, decay: 0, clip: 0 } as const;
  const doomed = { ...spec, steps: 5000, weightOptimizer: wild, alphaOptimizer: wild };
  send({ kind: "create", runId, spec: doomed });
  send({ kind: "play", runId });
  await waitFor(() => expect(run()?.error?.code).toBe("DivergedError"));
  expect(run()?.records.length).toBeGreaterThan(0);
});
