/** @file The untouched twin: forked before the first hand, kept as far as its parent, given every change but the hands. */
import { expect, it } from "vitest";
import { created, fakeEngine, ready, testBurst } from "../../../test/support/fake-engine.ts";
import type { RunId } from "../../protocol/spec.ts";
import { createActions } from "./actions.ts";
import { createClient } from "./client.ts";
import { twinsOf } from "./twins.ts";
import { createView } from "./view.ts";

const steer = [{ group: "normal", edge: 0, op: 1, set: 3, force: "hold" }] as const;

/** A lane after five steps. */
function page() {
  const engine = fakeEngine();
  const client = createClient(engine.open);
  const view = createView();
  const at: (() => void)[] = [];
  const actions = createActions(client, view, (f) => {
    at.push(f);
    return () => {};
  });
  engine.emit(ready);
  actions.choosePreset("tiny");
  const { runId, spec } = engine.of("create").at(-1) ?? {};
  if (!runId || !spec) throw new Error("no run was asked for");
  engine.emit(created(runId, spec), { kind: "steps", runId, burst: testBurst(0, 5) });
  const frame = () => {
    for (const f of at.splice(0)) f();
  };
  const twin = () => view.getState().twins[runId]?.runId as RunId;
  /** The engine has made the twin. */
  const make = () =>
    engine.emit({ ...created(twin(), spec), burst: testBurst(5, 0) } as ReturnType<typeof created>);
  const twins = twinsOf({ client, view });
  /** What the page does where a hand is laid on. */
  const touch = () => {
    twins.keepTwin(runId);
    actions.steer("A", steer);
  };
  return { ...engine, client, view, actions, twins, touch, runId, spec, frame, twin, make };
}

it("forks before the hand is laid on, and only once", () => {
  const p = page();
  p.touch();
  p.frame();
  const kinds = p.sent.map(({ kind }) => kind);
  expect(p.of("fork")).toEqual([{ kind: "fork", runId: p.twin(), from: p.runId, steps: 5 }]);
  expect(kinds.indexOf("fork")).toBeLessThan(kinds.indexOf("tune"));
  p.touch();
  expect(p.of("fork")).toHaveLength(1);
  expect(p.client.store.getState().runs[p.twin()]?.records).toHaveLength(5);
});

it("follows its parent, and takes its other changes at their steps", () => {
  const p = page();
  const patch = { hyper: { xi: 0.5 } };
  p.touch();
  p.make();
  const { runId, spec } = p;
  p.emit({ kind: "tuned", runId, step: 5, spec, phases: [], patch: { steer } });
  p.emit({ kind: "steps", runId, burst: testBurst(5, 2) });
  expect(p.of("play").at(-1)).toEqual({ kind: "play", runId: p.twin(), until: 7 });
  p.emit({ kind: "tuned", runId, step: 7, spec, phases: [], patch: { ...patch, steer } });
  p.emit({ kind: "steps", runId, burst: testBurst(7, 3) });
  // It has not come to the change yet.
  expect(p.of("tune")).toEqual([]);
  expect(p.of("play").at(-1)?.until).toBe(7);
  p.emit({ kind: "steps", runId: p.twin(), burst: testBurst(5, 2) });
  expect(p.of("tune")).toEqual([{ kind: "tune", runId: p.twin(), patch }]);
  expect(p.of("play").at(-1)?.until).toBe(10);
});

it("ends with its parent, or when it is not wished for any more", () => {
  const p = page();
  p.touch();
  p.make();
  const first = p.twin();
  p.actions.reset();
  p.emit({ kind: "disposed", runId: p.runId });
  expect(p.of("dispose").map(({ runId }) => runId)).toContain(first);
  expect(p.view.getState().twins).toEqual({});

  const q = page();
  q.touch();
  q.make();
  const second = q.twin();
  q.twins.setTwins(false);
  expect(q.of("dispose").at(-1)?.runId).toBe(second);
  q.touch();
  expect(q.of("fork")).toHaveLength(1);
});
