import { describe, expect, it } from "vitest";
import { fakeEngine, makeRuns, ready, testBurst } from "../../../test/support/fake-engine.ts";
import type { EngineEvent } from "../../protocol/messages.ts";
import type { RunId } from "../../protocol/spec.ts";
import { createActions } from "./actions.ts";
import { createClient } from "./client.ts";
import { createView, largeLanes } from "./view.ts";

/** A page whose frames and pauses come when the test says so. */
function page() {
  const engine = fakeEngine();
  const client = createClient(engine.open);
  const view = createView();
  const frames: (() => void)[] = [];
  const pauses = new Set<() => void>();
  const actions = createActions(
    client,
    view,
    (f) => {
      frames.push(f);
      return () => {};
    },
    (f) => {
      pauses.add(f);
      return () => pauses.delete(f);
    },
  );
  const lane = (id: string) => view.getState().lanes.find((l) => l.id === id);
  const runOf = (id: string) => lane(id)?.runId ?? ("none" as RunId);
  const answer = () => makeRuns(engine, client);
  const status = (id: string, s: "playing" | "finished" | "paused"): EngineEvent => ({
    kind: "status",
    runId: runOf(id),
    status: s,
  });
  return {
    ...engine,
    client,
    view,
    actions,
    lane,
    runOf,
    answer,
    status,
    frame: () => {
      for (const f of frames.splice(0)) f();
    },
    settle: () => {
      for (const f of [...pauses]) f();
      pauses.clear();
    },
  };
}
function readyPage() {
  const p = page();
  p.emit(ready);
  p.actions.choosePreset("tiny");
  // As if the page had begun with it.
  p.sent.splice(0, p.sent.length - 1);
  p.answer();
  return p;
}

describe("when the engine is ready", () => {
  it("creates one lane from the preset, the method's defaults and the catalog", () => {
    const p = page();
    p.emit(ready);
    expect(p.of("create")).toHaveLength(1);
    expect(p.of("create")[0]?.spec).toMatchObject({ method: "darts", space: "toy" });
    p.actions.choosePreset("tiny");
    expect(p.of("create")).toHaveLength(2);
    expect(p.of("create")[1]?.spec).toMatchObject({
      method: "darts",
      space: "conv",
      task: "images",
      backend: "cpu",
      seed: 1,
      hyper: { xi: 0 },
      spaceHyper: { cells: 3 },
    });
  });
  it("merges method defaults, the preset's advice and the user's wish, in this order", () => {
    const p = readyPage();
    p.actions.setMethod("A", "rarts");
    expect(p.of("create").at(-1)?.spec.hyper).toEqual({ lambda: 10, warmup: 1 });
    p.actions.setHyper("A", "lambda", 3);
    p.actions.reset();
    expect(p.of("create").at(-1)?.spec.hyper).toEqual({ lambda: 3, warmup: 1 });
  });
});

describe("sliders", () => {
  it("send one tuning per frame, with the newest values of each", () => {
    const p = readyPage();
    for (const xi of [0.1, 0.2, 0.3]) p.actions.setHyper("A", "xi", xi);
    p.actions.setOptimizer("A", "weights", "lr", 0.5);
    expect(p.of("tune")).toHaveLength(0);
    p.frame();
    expect(p.of("tune")).toHaveLength(1);
    expect(p.of("tune")[0]?.patch).toMatchObject({
      hyper: { xi: 0.3 },
      weightOptimizer: { kind: "sgd", lr: 0.5, lrFloor: 0.001 },
    });
  });
  it("are heard before what is played or stepped after them", () => {
    const p = readyPage();
    p.actions.setHyper("A", "xi", 0.5);
    p.actions.play();
    expect(p.of("tune")).toHaveLength(1);
    p.emit({ kind: "status", runId: p.runOf("A"), status: "paused" });
    p.actions.setHyper("A", "xi", 1);
    p.actions.step();
    expect(p.of("tune").map(({ patch }) => patch.hyper?.["xi"])).toEqual([0.5, 1]);
    p.frame();
    expect(p.of("tune")).toHaveLength(2);
  });
  it("remake a run that has not begun when a fixed setting changes, once it has settled", () => {
    const p = readyPage();
    for (const cells of [4, 5, 6]) p.actions.setShared("spaceHyper", "cells", cells);
    expect(p.of("create")).toHaveLength(1);
    p.settle();
    expect(p.of("create")).toHaveLength(2);
    expect(p.of("create")[1]?.spec.spaceHyper).toEqual({ cells: 6 });
  });
  it("leave a run that has begun alone until Reset", () => {
    const p = readyPage();
    p.emit({ kind: "steps", runId: p.runOf("A"), burst: testBurst(0, 1) });
    p.actions.setShared("spaceHyper", "cells", 7);
    p.settle();
    expect(p.of("create")).toHaveLength(1);
    p.actions.reset();
    expect(p.of("create")[1]?.spec.spaceHyper).toEqual({ cells: 7 });
  });
  it("leave a run alone that holds what a pruning left", () => {
    const p = readyPage();
    const of = { line: "b", letter: "B", method: "darts", steps: 3 };
    const origin = { kind: "pruned", of, steps: 3 } as const;
    p.view.setState(({ lanes }) => ({ lanes: lanes.map((lane) => ({ ...lane, origin })) }));
    p.actions.setShared("spaceHyper", "cells", 7);
    p.settle();
    expect(p.of("create")).toHaveLength(1);
  });
  it("go back to what the run has when the engine refuses", () => {
    const p = readyPage();
    p.actions.setHyper("A", "xi", 0.9);
    p.emit({ kind: "refused", runId: p.runOf("A"), error: { code: "HyperError", message: "no" } });
    expect(p.lane("A")?.hyper["darts"]).toEqual({ xi: 0 });
  });
});

describe("playing", () => {
  it("acts on every lane that can go on", () => {
    const p = readyPage();
    p.actions.addLane();
    p.answer();
    p.emit(p.status("A", "finished"));
    p.actions.play();
    expect(p.of("play").map((c) => c.runId)).toEqual([p.runOf("B")]);
    p.actions.pause();
    expect(p.of("pause").map((c) => c.runId)).toEqual([p.runOf("B")]);
  });
  it("counts the steps asked for", () => {
    const p = readyPage();
    p.actions.step();
    p.actions.step();
    expect(p.of("step")).toHaveLength(2);
    expect(p.lane("A")?.stepsAsked).toBe(2);
  });
  it("takes up a new rate while it plays", () => {
    const p = readyPage();
    p.emit(p.status("A", "playing"));
    p.actions.setRateLimit(10);
    expect(p.of("play")).toEqual([{ kind: "play", runId: p.runOf("A"), rate: 10 }]);
  });
});

describe("Reset and New seed", () => {
  it("differ: one keeps the seed, the other changes it", () => {
    const p = readyPage();
    const first = p.runOf("A");
    p.actions.reset();
    expect(p.of("dispose").at(-1)?.runId).toBe(first);
    expect(p.of("create").map((c) => c.spec.seed)).toEqual([1, 1]);
    expect(p.runOf("A")).not.toBe(first);
    p.actions.newSeed();
    expect(p.of("create").at(-1)?.spec.seed).not.toBe(1);
  });
});

describe("lanes", () => {
  it("share everything but the method", () => {
    const p = readyPage();
    p.actions.addLane();
    const [a, b] = p.of("create").map((c) => c.spec);
    expect(b).toEqual({ ...a, method: "rarts", hyper: { lambda: 10, warmup: 1 } });
    expect(p.view.getState().selected).toBe("B");
  });
  it("number eight at most, and never none", () => {
    const p = readyPage();
    for (let i = 0; i < 9; i++) p.actions.addLane();
    expect(
      p.view
        .getState()
        .lanes.map((l) => l.letter)
        .join(""),
    ).toBe("ABCDEFGH");
    for (const id of "CDEFGH") p.actions.removeLane(id);
    p.actions.removeLane("A");
    p.actions.removeLane("B");
    expect(p.view.getState().lanes.map((l) => l.letter)).toEqual(["B"]);
    p.actions.addLane();
    expect(p.view.getState().lanes.map((l) => l.letter)).toEqual(["A", "B"]);
  });
  it("join a search that is playing by playing", () => {
    const p = readyPage();
    p.emit(p.status("A", "playing"));
    p.actions.addLane();
    expect(p.of("play").map((c) => c.runId)).toEqual([p.runOf("A"), p.runOf("B")]);
    expect(p.of("play").map((c) => c.race?.by)).toEqual(["steps", "steps"]);
  });
  it("are kept abreast on the axis that they are compared by, those that play at once", () => {
    const p = readyPage();
    p.actions.play();
    expect(p.of("play").at(-1)?.race).toBeUndefined();
    p.actions.addLane("edas");
    expect(p.lane("B")?.method).toBe("edas");
    p.answer();
    const spent = { gradients: 12, forwards: 0, peakBytes: 8 };
    const steps = {
      kind: "steps",
      runId: p.runOf("A"),
      burst: { ...testBurst(0, 3), spent },
    } as const;
    p.emit(p.status("A", "playing"), p.status("B", "playing"), steps);
    p.actions.setAxis("gradients");
    const now = p.of("play").slice(-2);
    expect(now.map((c) => c.race)).toEqual([
      { by: "gradients", distance: 12 },
      { by: "gradients", distance: 0 },
    ]);
  });
  it("are made alike in all but their methods", () => {
    const p = readyPage();
    p.actions.addLane("rarts");
    p.answer();
    p.actions.setOptimizer("A", "weights", "lr", 0.5);
    p.actions.makeEqual();
    p.frame();
    const tuned = p.of("tune").find((c) => c.runId === p.runOf("B"));
    expect(tuned?.patch.weightOptimizer?.lr).toBe(0.5);
    expect(p.lane("B")?.method).toBe("rarts");
  });
  it("take turns on the two large places", () => {
    const p = readyPage();
    for (let i = 0; i < 3; i++) p.actions.addLane();
    const large = () => largeLanes(p.view.getState()).map((l) => l.letter);
    expect(large()).toEqual(["A", "B"]);
    p.actions.bringForward("D");
    expect(large()).toEqual(["A", "D"]);
    p.actions.removeLane("A");
    expect(large()).toEqual(["B", "D"]);
  });
});

describe("problems and backends", () => {
  it("replace a method that cannot search the new problem's space", () => {
    const p = readyPage();
    p.actions.setMethod("A", "edas");
    p.actions.chooseProblem("toy");
    expect(p.of("create").at(-1)?.spec).toMatchObject({ method: "darts", task: "toy" });
    expect(p.view.getState().rate).toBe(60);
  });
  it("make every lane anew on the backend that was chosen", () => {
    const p = readyPage();
    p.actions.addLane();
    p.actions.chooseBackend("webgl");
    expect(p.choices).toEqual(["auto", "webgl"]);
    expect(p.client.store.getState().backend).toBeUndefined();
    expect(p.client.store.getState().catalog).toBeDefined();
    const before = p.of("create").length;
    p.emit({ ...ready, backend: { id: "webgl", device: "test", refused: [] } } as EngineEvent);
    const made = p.of("create").slice(before);
    expect(made.map((c) => [c.spec.method, c.spec.backend])).toEqual([
      ["darts", "webgl"],
      ["rarts", "webgl"],
    ]);
  });
  it("never hide a worker's death", () => {
    const p = readyPage();
    p.die("out of memory");
    expect(p.client.store.getState().unusable?.message).toBe("out of memory");
    expect(p.client.store.getState().runs[p.runOf("A")]?.status).toBe("failed");
  });
});
