/** @file Text that a run draws, from the run itself up to the page's store. */
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, expect, it, vi } from "vitest";
import { selectBackend } from "../src/engine/backend/index.ts";
import type { RunId } from "../src/protocol/spec.ts";
import { connect } from "../src/ui/state/store.ts";
import { host } from "../src/worker/host.ts";
import { hostOptions, pair } from "./support/endpoints.ts";
import { make, specOf } from "./support/specs.ts";

const spec = { ...specOf("darts", "recurrent", "letters"), steps: 60 };
beforeAll(async () => {
  await selectBackend("cpu");
});

it("is the same for the same step, another after the next, and leaves the run as it was", async () => {
  const before = memory().numTensors;
  {
    using run = await make(spec);
    using other = await make(spec);
    await run.step(2);
    await other.step(2);
    const held = memory().numTensors;
    const samples = await run.samples(1);
    expect(memory().numTensors).toBe(held);
    expect(await run.samples(1)).toEqual(samples);
    expect(samples.steps).toBe(2);
    for (const texts of [samples.supernet, samples.derived]) {
      expect(texts).toHaveLength(10);
      expect(texts.join("")).toMatch(/^[\nabcd]+$/);
    }
    expect(await run.step(1).then(({ records }) => records)).toEqual((await other.step(1)).records);
    expect((await run.samples(1)).supernet).not.toEqual(samples.supernet);
  }
  expect(memory().numTensors).toBe(before);
});
it("says where there is no text, and which temperatures there are", async () => {
  using toy = await make(specOf("darts", "toy", "toy"));
  await expect(toy.samples(1)).rejects.toThrow("samples need a task of characters");
  using run = await make(spec);
  await expect(run.samples(0)).rejects.toThrow("temperature = 0 is outside (0, 5]");
});
it("reaches the page when it asks", async () => {
  const [ui, worker] = pair();
  const client = connect(ui);
  host(worker, hostOptions);
  const runId = "a" as RunId;
  const run = () => client.store.getState().runs[runId];
  client.send({ kind: "create", runId, spec });
  client.send({ kind: "sample", runId, temperature: 0.5 });
  await vi.waitFor(() => expect(run()?.samples?.supernet).toHaveLength(10), { timeout: 10_000 });
  expect(run()?.samples).toMatchObject({ steps: 0, temperature: 0.5 });
  client.send({ kind: "sample", runId, temperature: 6 });
  await vi.waitFor(() => expect(run()?.refused?.code).toBe("HyperError"), { timeout: 10_000 });
  client.send({ kind: "dispose", runId });
});
it("learns a text that the page sends", async () => {
  const [ui, worker] = pair();
  const client = connect(ui);
  host(worker, hostOptions);
  const runId = "b" as RunId;
  const { buffer: bytes } = new TextEncoder().encode("abc, the cat. ".repeat(100));
  client.send({ kind: "text", runId, name: "cat.txt", bytes });
  const task = () =>
    client.store.getState().catalog?.tasks.find(({ label }) => label === "cat.txt");
  await vi.waitFor(() => expect(task()?.isText).toBe(true), { timeout: 10_000 });
  client.send({ kind: "create", runId, spec: { ...spec, task: task()?.id as string } });
  client.send({ kind: "sample", runId, temperature: 1 });
  const run = () => client.store.getState().runs[runId];
  await vi.waitFor(() => expect(run()?.samples?.supernet).toHaveLength(10), { timeout: 10_000 });
  client.send({ kind: "text", runId, name: "short.txt", bytes: new ArrayBuffer(3) });
  await vi.waitFor(() => expect(run()?.refused?.code).toBe("DatasetError"), { timeout: 10_000 });
  client.send({ kind: "dispose", runId });
});
