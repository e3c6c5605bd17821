// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { created, ready, readyPage, testBurst } from "../../../test/support/fake-engine.ts";
import type { RunId } from "../../protocol/spec.ts";
import { startAutosave } from "./autosave.ts";
import { createMode } from "./mode.ts";
import type { SaveStore } from "./save-store.ts";
import type { Save } from "./saves.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A page with one lane under way, whose saves land in a list. */
function page(put: SaveStore["put"] = async () => {}) {
  const engine = readyPage();
  const { client, view, actions } = engine;
  const written: Save[] = [];
  const saves: SaveStore = {
    put: async (save) => {
      await put(save);
      written.push(save);
    },
    newest: async () => written.at(-1),
    remove: async () => {},
  };
  const mode = createMode();
  const stop = startAutosave({ client, view, mode, saves, page: "me", notify: actions.notify });
  actions.choosePreset("tiny");
  const first = engine.of("create").at(-1);
  if (!first) throw new Error("no run was asked for");
  const { runId, spec } = first;
  engine.emit(created(runId, spec));
  return { ...engine, mode, written, stop, runId, spec };
}
const saved = (runId: RunId, step: number) =>
  ({ kind: "checkpoint", runId, step, bytes: new ArrayBuffer(8) }) as const;

it("asks for a checkpoint a few seconds after steps, and keeps it with the past up to it", async () => {
  const p = page();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(p.of("checkpoint")).toEqual([]);
  p.emit({ kind: "steps", runId: p.runId, burst: testBurst(0, 5) });
  await vi.advanceTimersByTimeAsync(2000);
  expect(p.of("checkpoint")).toHaveLength(1);
  p.emit({ kind: "steps", runId: p.runId, burst: testBurst(5, 2) }, saved(p.runId, 5));
  await vi.advanceTimersByTimeAsync(0);
  expect(p.written).toHaveLength(1);
  const [save] = p.written;
  expect(save?.title).toBe("DARTS · tiny · step 5");
  expect(save?.runs[0]?.past.records).toHaveLength(5);
  expect(save?.runs[0]?.past.trace?.length).toBe(6);
  p.stop();
});

it("saves as soon as a run stops or the page is hidden", async () => {
  const p = page();
  p.emit({ kind: "status", runId: p.runId, status: "playing" });
  p.emit({ kind: "steps", runId: p.runId, burst: testBurst(0, 1) });
  p.emit({ kind: "status", runId: p.runId, status: "paused" });
  expect(p.of("checkpoint")).toHaveLength(1);
  vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  document.dispatchEvent(new Event("visibilitychange"));
  expect(p.of("checkpoint")).toHaveLength(2);
  vi.restoreAllMocks();
  p.stop();
});

it("says once that there is no room, and tries again", async () => {
  const p = page(async () => {
    throw new DOMException("full", "QuotaExceededError");
  });
  for (const steps of [1, 2]) {
    p.emit({ kind: "steps", runId: p.runId, burst: testBurst(steps - 1, 1) });
    p.emit(saved(p.runId, steps));
    await vi.advanceTimersByTimeAsync(0);
    if (steps === 1) p.actions.dismiss("Not saved");
  }
  expect(p.view.getState().notices).toEqual([]);
  expect(p.written).toEqual([]);
  p.stop();
});

it("goes on from a save with its past, its checkpoint and its changes", async () => {
  const p = page();
  const patch = { hyper: { xi: 0.5 } };
  p.emit({ kind: "steps", runId: p.runId, burst: testBurst(0, 3) });
  p.emit({ kind: "tuned", runId: p.runId, step: 3, spec: p.spec, phases: [], patch });
  p.emit(saved(p.runId, 3));
  await vi.advanceTimersByTimeAsync(0);
  const [save] = p.written;
  const later = page();
  later.actions.resume(save as Save);
  const made = later.of("create").at(-1);
  expect(made).toMatchObject({ spec: p.spec, tunings: [{ steps: 3, patch }] });
  expect(made?.checkpoint?.byteLength).toBe(8);
  const run = later.client.store.getState().runs[made?.runId as RunId];
  expect(run).toMatchObject({ status: "loading", begun: p.spec });
  expect(run?.records).toHaveLength(3);
  expect(later.view.getState().offer).toBeUndefined();
  for (const { stop } of [p, later]) stop();
});

it("goes on with what it has when the worker dies", async () => {
  const p = page();
  p.emit({ kind: "steps", runId: p.runId, burst: testBurst(0, 4) }, saved(p.runId, 4));
  p.die("killed");
  expect(p.client.store.getState().unusable?.message).toBe("killed");
  p.actions.continueOn("auto");
  p.emit(ready);
  const made = p.of("create").at(-1);
  expect(made?.checkpoint?.byteLength).toBe(8);
  expect(p.client.store.getState().runs[made?.runId as RunId]?.records).toHaveLength(4);
  // A second loss without a new checkpoint must not find the old one.
  p.actions.chooseBackend("auto");
  p.emit(ready);
  expect(p.of("create").at(-1)?.checkpoint).toBeUndefined();
  p.stop();
});

it("offers a search that another problem has replaced, but none that is soon taken again", async () => {
  for (const [steps, isOffered] of [
    [99, false],
    [100, true],
  ] as const) {
    const p = page();
    p.emit({ kind: "steps", runId: p.runId, burst: testBurst(0, steps) }, saved(p.runId, steps));
    await vi.advanceTimersByTimeAsync(0);
    p.actions.setSeed(3);
    expect(p.view.getState().offer).toBeUndefined();
    p.actions.choosePreset("toy");
    const { offer } = p.view.getState();
    expect(offer !== undefined).toBe(isOffered);
    if (offer) {
      expect(offer.runs[0]?.steps).toBe(steps);
      await vi.advanceTimersByTimeAsync(0);
      expect(p.written.at(-1)).toBe(offer);
      expect(offer.page).not.toBe("me");
      p.actions.resume(offer);
      expect(p.view.getState().setup.preset).toBe("tiny");
      expect(p.view.getState().offer).toBeUndefined();
      p.actions.choosePreset("toy");
      expect(p.view.getState().offer?.runs).toBe(offer.runs);
      p.actions.offer(undefined);
      p.actions.choosePreset("small");
      expect(p.view.getState().offer).toBeUndefined();
    }
    p.stop();
  }
});

it("offers nothing in a lesson, which changes problems by itself", async () => {
  const p = page();
  p.emit({ kind: "steps", runId: p.runId, burst: testBurst(0, 200) }, saved(p.runId, 200));
  await vi.advanceTimersByTimeAsync(0);
  p.mode.setState({ lesson: { deck: "any", chapter: 0 } });
  p.actions.choosePreset("toy");
  expect(p.view.getState().offer).toBeUndefined();
  p.stop();
});
