/** @file Recordings become a study, lanes and a reference; what cannot be had is told and may be tried again. */
import { expect, it } from "vitest";
import { readyPage } from "../../../test/support/fake-engine.ts";
import { type TestSeed, testRecording } from "../../../test/support/recordings.ts";
import { createRecorded } from "./recorded.ts";
import { encodeRecording } from "./recording.ts";
import { agreedOn } from "./view.ts";

const seed = (alpha: number, valLoss: number): TestSeed => ({
  alpha: Array<number>(12).fill(alpha),
  losses: [1, 1, 1, 1, ...Array<number>(4).fill(valLoss)],
});
const darts = testRecording([seed(1, 2), seed(-1, 2), seed(1, 3)], { id: "darts-1" });
const random = testRecording([seed(0, 2), seed(0, 4)], { id: "random", method: "random" });

function page() {
  const p = readyPage();
  p.actions.choosePreset("tiny");
  const asked: string[] = [];
  let isOff = false;
  const recorded = createRecorded(p, async (name) => {
    asked.push(name);
    if (isOff) throw new Error(`recorded/${name} could not be had: 404`);
    if (name !== "index.json") return encodeRecording(name === "random.bin" ? random : darts);
    const entries = [darts, random].map(({ groups: _, runs: __, ...entry }) => entry);
    return new TextEncoder().encode(JSON.stringify(entries));
  });
  const off = (to: boolean) => {
    isOff = to;
  };
  return { ...p, recorded, asked, off, state: () => p.view.getState() };
}

it("shows seeds as a study that says where it was recorded, and what they agree on", async () => {
  const p = page();
  await p.recorded.showSeeds("darts-1");
  const { recorded } = p.state();
  expect(recorded?.recording).toMatchObject({ date: "2026-01-02", device: "a desk" });
  expect(recorded?.results.map((r) => r.genotype?.groups["normal"]?.[0]?.op)).toEqual([
    "sep_conv_3x3",
    "skip_connect",
    "sep_conv_3x3",
  ]);
  expect([...(recorded?.results[1]?.alpha["normal"] ?? [])]).toEqual(Array(6).fill(-1));
  expect(agreedOn(p.state(), "A")).toBeUndefined();
  p.view.setState({ consensus: "recorded" });
  expect(agreedOn(p.state(), "A")).toBe(recorded);
  expect(agreedOn(p.state(), "B")).toBeUndefined();
  await p.recorded.showSeeds(undefined);
  expect(p.state()).toMatchObject({ recorded: undefined, consensus: undefined });
});

it("gives one seed of several recordings as lanes to replay", async () => {
  const p = page();
  await p.actions.showRuns(await p.recorded.fileOf(["darts-1", "random"], 2));
  const { lanes, setup } = p.state();
  expect(setup).toMatchObject({ preset: "tiny", seed: 2 });
  expect(lanes.map(({ method, origin }) => [method, origin])).toMatchObject([
    ["darts", { kind: "recorded", recording: "darts-1 2" }],
    ["random", { kind: "recorded", recording: "random 2" }],
  ]);
  const run = p.client.store.getState().runs[lanes[0]?.runId ?? ("" as never)];
  expect(run).toMatchObject({ status: "recorded", latest: { msPerStep: 5 } });
  await expect(p.recorded.fileOf(["random"], 9)).rejects.toThrow(
    "no recording of random has seed 9",
  );
});

it("reads each file once, and again if it could not be had", async () => {
  const p = page();
  p.off(true);
  await expect(p.recorded.showSeeds("darts-1")).rejects.toThrow("darts-1.bin could not be had");
  p.off(false);
  await p.recorded.showSeeds("darts-1");
  await p.recorded.showSeeds("darts-1");
  expect(p.asked).toEqual(["darts-1.bin", "darts-1.bin"]);
});

it("knows what Random reaches on the usual problem, and nothing of another", async () => {
  const p = page();
  await p.recorded.knowReference();
  expect(p.state().reference).toMatchObject({ label: "RANDOM, 2 recorded seeds", gradients: 2 });
  p.actions.choosePreset("small");
  p.view.setState({ reference: undefined });
  await p.recorded.knowReference();
  expect(p.state().reference).toBeUndefined();
});
