// @vitest-environment happy-dom
/** @file Timing backends: what is measured is remembered, and taken where nothing has begun. */
import { beforeEach, expect, it } from "vitest";
import { created, fakeEngine, ready, testBurst } from "../../../test/support/fake-engine.ts";
import { createPlayground } from "./app.ts";
import { createClient } from "./client.ts";
import { fastestOf, savedFastest } from "./fastest.ts";

const times = (wasm: number, webgpu: number) =>
  ({
    kind: "measured",
    speeds: [
      { id: "wasm", msPerStep: wasm },
      { id: "webgpu", msPerStep: webgpu },
    ],
  }) as const;
beforeEach(() => localStorage.clear());

it("the shortest step wins; what could not be timed cannot", () => {
  expect(fastestOf(times(5, 2).speeds)).toBe("webgpu");
  expect(fastestOf([{ id: "webgpu", reason: "no adapter" }])).toBeUndefined();
});
it("takes a faster backend before the first step, and remembers it", () => {
  const engine = fakeEngine();
  const { actions, client } = createPlayground(createClient(engine.open));
  engine.emit(ready);
  actions.measure();
  actions.measure(); // one at a time
  expect(client.store.getState().speeds).toBe("measuring");
  engine.emit(times(5, 2));
  expect(engine.choices).toEqual(["auto", "measure", "auto:webgpu"]);
  expect(savedFastest()).toBe("webgpu");
});
it("leaves a search under way alone", () => {
  const engine = fakeEngine();
  const { actions } = createPlayground(createClient(engine.open));
  engine.emit(ready);
  const create = engine.of("create")[0];
  if (!create) throw new Error("no run was made");
  const { runId } = create;
  engine.emit(created(runId, create.spec), { kind: "steps", runId, burst: testBurst(0, 1) });
  actions.measure();
  engine.emit(times(5, 2));
  expect(engine.choices).toEqual(["auto", "measure"]);
});
it("says why nothing could be timed", () => {
  const engine = fakeEngine();
  const { actions, client } = createPlayground(createClient(engine.open));
  engine.emit(ready);
  actions.measure();
  engine.die("no program");
  expect(client.store.getState().speeds).toEqual([{ id: "wasm", reason: "no program" }]);
  expect(savedFastest()).toBeUndefined();
});
