/** @file Text that a run draws, from the run itself up to the page's store. */
import { memory } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import type { RunId } from "../src/protocol/spec.ts";
import { hosted } from "./support/hosted.ts";
import { make, specOf } from "./support/specs.ts";

const spec = { ...specOf("darts", "recurrent", "letters"), steps: 60 };
const { client, send, run, waitFor } = hosted();
const runId = "a" as RunId;

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
  send({ kind: "create", runId, spec });
  send({ kind: "sample", runId, temperature: 0.5 });
  await waitFor(() => expect(run(runId)?.samples?.supernet).toHaveLength(10));
  expect(run(runId)?.samples).toMatchObject({ steps: 0, temperature: 0.5 });
  send({ kind: "sample", runId, temperature: 6 });
  await waitFor(() => expect(run(runId)?.refused?.code).toBe("HyperError"));
  send({ kind: "dispose", runId });
});
it("learns a text that the page sends", async () => {
  const { buffer: bytes } = new TextEncoder().encode("abc, the cat. ".repeat(100));
  send({ kind: "text", runId, name: "cat.txt", bytes });
  const task = () =>
    client()
      .store.getState()
      .catalog?.tasks.find(({ label }) => label === "cat.txt");
  await waitFor(() => expect(task()?.isText).toBe(true));
  send({ kind: "create", runId, spec: { ...spec, task: task()?.id as string } });
  send({ kind: "sample", runId, temperature: 1 });
  await waitFor(() => expect(run(runId)?.samples?.supernet).toHaveLength(10));
  send({ kind: "text", runId, name: "short.txt", bytes: new ArrayBuffer(3) });
  await waitFor(() => expect(run(runId)?.refused?.code).toBe("DatasetError"));
  send({ kind: "dispose", runId });
});
