// @vitest-environment happy-dom
import { beforeEach, expect, it } from "vitest";
import { created, fakeEngine, ready, testBurst } from "../../../test/support/fake-engine.ts";
import { createPlayground } from "./app.ts";
import { createClient } from "./client.ts";
import { setPausesHidden, watchHidden } from "./hidden.ts";

beforeEach(() => localStorage.clear());

function page() {
  const engine = fakeEngine();
  const { client, view, actions } = createPlayground(createClient(engine.open));
  engine.emit(ready);
  const [asked] = engine.of("create");
  if (!asked) throw new Error("no run was asked for");
  const { runId, spec } = asked;
  engine.emit(created(runId, spec), { kind: "status", runId, status: "playing" });
  const doc = Object.assign(new EventTarget(), { hidden: false });
  const stop = watchHidden(doc as unknown as Document, {
    engine: client.store.getState,
    view: view.getState,
    actions,
  });
  const hide = (hidden: boolean) => {
    doc.hidden = hidden;
    doc.dispatchEvent(new Event("visibilitychange"));
  };
  const run = (steps: number) => engine.emit({ kind: "steps", runId, burst: testBurst(0, steps) });
  return { ...engine, view, stop, hide, run };
}

it("says on return how many steps were taken unseen", () => {
  const p = page();
  p.hide(true);
  p.run(23);
  expect(p.view.getState().notices).toEqual([]);
  p.hide(false);
  expect(p.view.getState().notices[0]?.lines).toEqual(["Lane A took 23 steps; it is at step 23."]);
  p.stop();
});
it("says nothing when nothing went on", () => {
  const p = page();
  p.hide(true);
  p.hide(false);
  expect(p.view.getState().notices).toEqual([]);
});
it("pauses instead, if that is wished", () => {
  const p = page();
  setPausesHidden(true);
  p.hide(true);
  expect(p.of("pause")).toHaveLength(1);
  p.run(1);
  p.hide(false);
  expect(p.view.getState().notices[0]?.lines[0]).toContain("paused at step 1");
});
