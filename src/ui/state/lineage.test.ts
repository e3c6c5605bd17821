import { expect, it } from "vitest";
import { created, makeRuns, readyPage, testBurst } from "../../../test/support/fake-engine.ts";
import type { RunId } from "../../protocol/spec.ts";
import { branchesOf } from "../viz/branches.ts";
import { createBranchRows } from "./branch-rows.ts";
import { type Save, savedRunOf, saveVersion } from "./saves.ts";
import { settingsOf } from "./settings.ts";

const none = "none" as RunId;

/** A page with lanes A, B and C, of which C was forked from B. */
function forkedPage() {
  const p = readyPage();
  const { actions, client, view } = p;
  const runs = () => client.store.getState().runs;
  const answer = () => makeRuns(p, client);
  answer();
  actions.addLane();
  answer();
  const runOf = (i: number) => view.getState().lanes[i]?.runId ?? none;
  p.emit({ kind: "steps", runId: runOf(1), burst: testBurst(0, 9) });
  actions.scrubTo(4);
  actions.fork("B");
  const spec = runs()[runOf(1)]?.spec;
  if (spec) p.emit({ kind: "status", runId: runOf(2), status: "loading" }, created(runOf(2), spec));
  return { ...p, answer, runOf, runs };
}

it("a tree is the same after its lanes were gone on with, under other letters", () => {
  const p = forkedPage();
  const { actions, client, view } = p;
  for (const i of [1, 2])
    p.emit({
      ...{ kind: "checkpoint", runId: p.runOf(i), bytes: new ArrayBuffer(8) },
      step: p.runs()[p.runOf(i)]?.records.length ?? 0,
    });
  actions.removeLane("A");
  const { catalog } = client.store.getState();
  if (!catalog) throw new Error("no catalog");
  const { lanes } = view.getState();
  const save: Save = {
    ...{ version: saveVersion, page: "other", savedMs: 0, title: "", backend: "cpu" },
    settings: settingsOf(catalog, view.getState()),
    runs: lanes.map((lane) => savedRunOf(p.runs()[lane.runId ?? none], lane)),
  };
  actions.resume(structuredClone(save));
  const now = view.getState().lanes;
  expect(now.map(({ letter }) => letter)).toEqual(["A", "B"]);
  expect(now[1]?.origin).toMatchObject({ kind: "fork", of: { letter: "A" }, steps: 4 });
  const rows = createBranchRows(client.store, view).get();
  expect(rows.map(({ letter, parent, from }) => [letter, parent, from])).toEqual([
    ["A", undefined, 0],
    ["B", 0, 4],
  ]);
});

it("rows are the same object until a lane takes a step", () => {
  const p = forkedPage();
  const live = createBranchRows(p.client.store, p.view);
  const before = live.get();
  p.view.setState({ isXray: true });
  expect(live.get()).toBe(before);
  let told = 0;
  const stop = live.subscribe(() => told++);
  p.emit({ kind: "steps", runId: p.runOf(2), burst: testBurst(4, 2) });
  expect(told).toBe(1);
  stop();
  expect(live.get()[2]?.to).toBe(6);
  expect(branchesOf([], "A")).toEqual([]);
});
