/** @file What a link says that runs had come to, over a real message channel: who opens it gets the same number, or is told why not. */
import { describe, expect, it } from "vitest";
import type { RunId, RunSpec } from "../src/protocol/spec.ts";
import { type Verdict, verifyDigest } from "../src/ui/state/verify.ts";
import { type Digest, digestNumber, digestOf } from "../src/ui/viz/digest.ts";
import { hosted } from "./support/hosted.ts";
import { specOf } from "./support/specs.ts";

const [a, b] = ["a", "b"] as RunId[] as [RunId, RunId];
const { client, send, run, waitFor } = hosted();

const toy = (method: string, over: Partial<RunSpec> = {}): RunSpec => ({
  ...specOf(method, "toy", "toy"),
  steps: 200,
  ...over,
});
/** What a run with these settings has come to. */
async function digest(spec: RunSpec, steps: number): Promise<Digest> {
  send({ kind: "create", runId: a, spec });
  send({ kind: "play", runId: a, until: steps });
  await waitFor(() => expect(run(a)?.records).toHaveLength(steps));
  const { trace, changes } = run(a);
  const found = trace && digestOf(trace, changes, steps);
  if (!found) throw new Error("there is no digest");
  return found;
}
async function verdictOn(spec: RunSpec, reached: Digest): Promise<Verdict> {
  let last: Verdict | undefined;
  verifyDigest(client(), b, spec, reached, (verdict) => {
    last = verdict;
  });
  await waitFor(() => expect(last?.kind).not.toBe("running"));
  await waitFor(() => expect(run(b)).toBeUndefined());
  return last as Verdict;
}

describe("a link's number", () => {
  it.each(["darts", "rarts"])("is the same wherever the toy is taken again: %s", async (method) => {
    const reached = await digest(toy(method), 120);
    expect(await verdictOn(toy(method), reached)).toEqual({ kind: "identical", steps: 120 });
  });
  it("is the same for settings that were there from the beginning and for those set before the first step", async () => {
    const set = { hyper: { xi: 0.5 } };
    const wanted = toy("darts", { hyper: { ...toy("darts").hyper, ...set.hyper } });
    send({ kind: "create", runId: a, spec: toy("darts") });
    send({ kind: "tune", runId: a, patch: set });
    send({ kind: "play", runId: a, until: 80 });
    await waitFor(() => expect(run(a)?.records).toHaveLength(80));
    expect(run(a).tunings).toEqual([{ steps: 0, patch: set }]);
    const { trace, changes } = run(a);
    const reached = trace && digestOf(trace, changes, 80);
    if (!reached) throw new Error("there is no digest");
    expect(await verdictOn(wanted, reached)).toEqual({ kind: "identical", steps: 80 });
  });
  it("is another where a setting is another, and says by how much and from where on", async () => {
    const reached = await digest(toy("darts"), 120);
    const hyper = { ...toy("darts").hyper, xi: 1e-4 };
    const verdict = await verdictOn(toy("darts", { hyper }), reached);
    expect(verdict).toMatchObject({
      kind: "parts",
      isSameChoice: true,
      bits: { after: 0, by: 15 },
    });
    if (verdict.kind !== "parts") throw new Error(verdict.kind);
    expect(digestNumber(verdict.here)).not.toBe(digestNumber(reached));
    expect(verdict.most).toBeGreaterThan(0);
    expect(verdict.most).toBeLessThan(0.1);
  });
  it("of a search names the decisions that differ", async () => {
    const search: RunSpec = { ...specOf("darts", "collapse", "blobs"), steps: 40 };
    const quick = { ...search, alphaOptimizer: { ...search.alphaOptimizer, lr: 0.5 } } as RunSpec;
    const reached = await digest(quick, 16);
    expect(await verdictOn(quick, reached)).toEqual({ kind: "identical", steps: 16 });
    const other = await verdictOn({ ...quick, seed: quick.seed + 1 }, reached);
    expect(other).toMatchObject({ kind: "parts", decisions: { after: 0 } });
  });
  it("says why it cannot be verified", async () => {
    const reached = await digest(toy("darts"), 8);
    expect(await verdictOn(toy("nothing"), reached)).toMatchObject({ kind: "failed" });
  });
});
