/** @file Stop rules: when each speaks, what it returns, and what a flag does to a run, a checkpoint and a resumed run. */
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../src/engine/backend/index.ts";
import { play, type Run } from "../src/engine/index.ts";
import { type Look, type Scene, type StopRule, stopRules } from "../src/engine/run/stop-rules.ts";
import { rulesDue } from "../src/engine/run/watch.ts";
import type { Flag } from "../src/protocol/messages.ts";
import type { AlphaGroup, RunSpec } from "../src/protocol/spec.ts";
import { make, specOf } from "./support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

const [skips, sharpness, ranking] = stopRules as readonly [StopRule, StopRule, StopRule];
const steps = 500; // an epoch is ten
/** Looks that saw these, the first after `every` epochs; each with a genotype of its own. */
const looks = ({ every }: StopRule, seen: readonly Look["seen"][], first = every): Look[] =>
  seen.map((value, i) => ({
    steps: 10 * (first + i * every),
    seen: value,
    genotype: { space: "x", groups: {}, text: `${i}` },
  }));

describe("two skips (DARTS+)", () => {
  it.each([
    [0, false],
    [1, false],
    [2, true],
    [8, true],
  ])("%d skips: %s", (count, speaks) => {
    const verdict = skips.judge(looks(skips, [count]), steps);
    expect(verdict !== undefined).toBe(speaks);
    if (speaks) expect(verdict?.why).toContain(String(count));
  });
  it("counts in the normal cell alone, and in the only cell where there is one", async () => {
    const edge = { from: 0, to: 2, op: "skip_connect" };
    const group = (name: string) =>
      ({ name, kind: "choice", ops: ["skip_connect"] }) as unknown as AlphaGroup;
    const see = (names: readonly string[], groups: Record<string, (typeof edge)[]>) =>
      skips.look({
        groups: names.map(group),
        genotype: { space: "x", groups, text: "" },
      } as unknown as Scene);
    expect(await see(["normal", "reduce"], { normal: [edge], reduce: [edge, edge, edge] })).toBe(1);
    expect(await see(["cell"], { cell: [edge, edge] })).toBe(2);
  });
});

describe("growing sharpness (RobustDARTS)", () => {
  const judge = (seen: readonly number[], first?: number) =>
    sharpness.judge(looks(sharpness, seen, first), steps);
  it("returns the genotype of four measurements earlier once the average is 1.3 times its", () => {
    // Averages over 5: 1 at the fifth look, 1.56 at the ninth.
    const verdict = judge([1, 1, 1, 1, 1, 1.7, 1.7, 1.7, 1.7], 10);
    expect(verdict?.of.genotype.text).toBe("4");
    expect(verdict?.why).toMatch(/from 1\.00 to 1\.56/);
  });
  it.each([
    ["grows by less", [1, 1, 1, 1, 1, 1.3, 1.3, 1.3, 1.3], 10],
    ["has too few measurements", [1, 9, 9, 9], 20],
    ["is flat", Array(9).fill(2), 10],
    ["has no positive average to compare with", [-1, -1, -1, -1, -1, 5, 5, 5, 5], 10],
    ["would return a genotype from before epoch 10", [1, 1, 1, 1, 1, 9, 9, 9, 9], 1],
  ])("is silent where λ_max %s", (_, seen, first) => {
    expect(judge(seen, first)).toBeUndefined();
  });
});

describe("settled ranking (DARTS+)", () => {
  it("speaks after ten epochs without a change, and not after nine", () => {
    expect(ranking.judge(looks(ranking, Array(11).fill("same")), steps)?.of.genotype.text).toBe(
      "10",
    );
    expect(ranking.judge(looks(ranking, Array(10).fill("same")), steps)).toBeUndefined();
    const changed = [...Array(10).fill("same"), "other"];
    expect(ranking.judge(looks(ranking, changed), steps)).toBeUndefined();
  });
  it("sees the order of operations with weights, edge by edge, and no others", async () => {
    const group = {
      name: "normal",
      kind: "choice",
      edges: [
        { from: 0, to: 2 },
        { from: 1, to: 2 },
      ],
      ops: ["none", "skip_connect", "sep_conv_3x3", "dil_conv_3x3"],
    } as unknown as AlphaGroup;
    const see = (values: readonly number[]) =>
      ranking.look({ groups: [group], alpha: { normal: Float32Array.from(values) } } as never);
    const before = await see([9, 8, 1, 2, 0, 0, 4, 3]);
    expect(before).toBe("32 23");
    expect(await see([0, 0, 1, 2, 9, 9, 4, 3])).toBe(before);
    expect(await see([9, 8, 2, 1, 0, 0, 4, 3])).not.toBe(before);
  });
});

it("rules look once in so many fiftieths of the run, until they have spoken", () => {
  const spec = {
    steps,
    stop: { rules: ["skips", "sharpness"], ends: false },
  } as unknown as RunSpec;
  const due = (at: number, flags: readonly Flag[] = []) =>
    rulesDue(spec, { looks: {}, flags }, at).map(({ id }) => id);
  expect(due(9)).toEqual([]);
  expect(due(10)).toEqual(["skips"]);
  expect(due(20)).toEqual(["skips", "sharpness"]);
  expect(due(20, [{ rule: "skips" } as Flag])).toEqual(["sharpness"]);
});

/** α is forced so that the one cell is all skips from step 3 on. */
const spec: RunSpec = {
  ...specOf("darts", "collapse", "blobs"),
  steps: 12,
  stop: { rules: ["skips", "sharpness"], ends: false },
};
const toSkips = (run: Run): void =>
  run.tune({
    steer: run.groups.flatMap(({ name, edges }) =>
      edges.map((_, edge) => ({ group: name, edge, op: 1, set: 5 })),
    ),
  });
const noSkips = (run: Run): void =>
  run.tune({
    steer: run.groups.flatMap(({ name, edges }) =>
      edges.map((_, edge) => ({ group: name, edge, op: 2, set: 3 })),
    ),
  });

describe("a run under watch", () => {
  it("goes on past a flag that only stands, and is the run without a watch", async () => {
    const { stop: _, ...free } = spec;
    using watched = await make(spec);
    using unwatched = await make(free);
    const bursts = [];
    for (const run of [watched, unwatched]) {
      noSkips(run);
      await run.step(3);
      toSkips(run);
      bursts.push(await run.step(9));
    }
    const [seen, unseen] = bursts;
    expect(watched.flags[0]).toMatchObject({ rule: "skips", steps: 4, of: 4 });
    expect(seen?.flags).toEqual(watched.flags);
    expect(watched.flags[0]?.genotype.groups["cell"]?.map(({ op }) => op)).toEqual(
      Array(3).fill("skip_connect"),
    );
    expect(seen?.alpha).toEqual(unseen?.alpha);
    expect(seen?.records).toEqual(unseen?.records);
    expect(seen?.spent?.gradients).toBe(unseen?.spent?.gradients); // λ_max is no step's work
    expect(watched.end).toBe(12);
  });
  it("ends at its first flag if asked, frees what it took, and takes no step after", async () => {
    const before = memory().numTensors;
    {
      using run = await make({ ...spec, stop: { rules: ["skips"], ends: true } });
      noSkips(run);
      await run.step(3);
      toSkips(run);
      const burst = await run.step(9);
      expect(burst.records.length).toBe(1);
      expect([run.steps, run.end]).toEqual([4, 4]);
      expect((await run.step(5)).records).toEqual([]);
      for await (const _ of play(run)) throw new Error("it has ended");
      const bytes = await run.checkpoint();
      using again = await make(spec, bytes);
      expect([again.steps, again.end]).toEqual([4, 4]);
      expect(again.flags).toEqual(run.flags);
    }
    expect(memory().numTensors).toBe(before);
  });
  it("remembers its looks over a checkpoint", async () => {
    const all = { ...spec, steps: 16, stop: { rules: ["ranking"], ends: false } };
    const on = { ...all, space: "nb201", spaceHyper: specOf("darts", "nb201", "blobs").spaceHyper };
    const still = { ...on, alphaOptimizer: { ...on.alphaOptimizer, lr: 1e-6 } } as RunSpec;
    using whole = await make(still);
    await whole.step(16);
    expect(whole.flags.map((flag) => flag.steps)).toEqual([11]);
    using first = await make(still);
    await first.step(6);
    using rest = await make(still, await first.checkpoint());
    await rest.step(10);
    expect(rest.flags).toEqual(whole.flags);
  });
  it.each([
    [{ rules: ["patience"], ends: false }, /no stop rule "patience"; there are skips, sharpness/],
    [{ rules: ["skips", "skips"], ends: false }, /named twice/],
    [{ rules: ["ranking"], ends: false }, /nothing to watch in space "collapse"/],
  ])("%j is refused", async (stop, message) => {
    await expect(make({ ...spec, stop })).rejects.toThrow(message);
  });
  it("a genotype's training is nothing to watch", async () => {
    await expect(make({ ...spec, method: "fixed" })).rejects.toThrow(/searches nothing/);
  });
});
