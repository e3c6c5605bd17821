// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { created, fakeEngine, ready, testBurst } from "../../../test/support/fake-engine.ts";
import type { EngineEvent } from "../../protocol/messages.ts";
import type { RunId } from "../../protocol/spec.ts";
import { createPlayground, PlaygroundProvider } from "../state/app.ts";
import { createClient } from "../state/client.ts";
import { EngineAlert } from "./EngineAlert.tsx";
import { LaneAlert } from "./LaneAlert.tsx";
import { useLanes } from "./use-lanes.ts";

function Alerts() {
  const [lane] = useLanes();
  return (
    <>
      <EngineAlert />
      {lane && <LaneAlert lane={lane} />}
    </>
  );
}

/** A page with one lane at step 6. */
function page() {
  const engine = fakeEngine();
  const playground = createPlayground(createClient(engine.open));
  render(
    <PlaygroundProvider value={playground}>
      <Alerts />
    </PlaygroundProvider>,
  );
  const last = () => engine.of("create").at(-1);
  const runId = () => last()?.runId as RunId;
  const emit = (...events: readonly EngineEvent[]) => act(() => engine.emit(...events));
  emit(ready);
  for (const { runId, spec } of engine.of("create")) emit(created(runId, spec));
  emit({ kind: "steps", runId: runId(), burst: testBurst(0, 6) });
  const fail = (code: string, step?: number) =>
    emit({
      ...{ kind: "failed", runId: runId(), error: { code, message: "It broke" } },
      ...(step !== undefined && { rescue: { step, bytes: new ArrayBuffer(8) } }),
    });
  const records = () => playground.client.store.getState().runs[runId()]?.records.length;
  return { ...engine, ...playground, emit, fail, last, runId, records };
}
afterEach(cleanup);
const button = (name: string | RegExp) => screen.queryByRole("button", { name });
const press = (name: string) => fireEvent.click(button(name) as HTMLElement);

it("goes on from what a diverged run handed over, with a rate lowered since", async () => {
  const p = page();
  p.fail("DivergedError", 4);
  p.actions.setOptimizer("A", "weights", "lr", 0.001);
  press("Go on from step 4");
  expect(p.of("dispose")).toHaveLength(1);
  expect(p.last()?.checkpoint?.byteLength).toBe(8);
  expect(p.records()).toBe(4);
  await act(() => new Promise((resolve) => setTimeout(resolve, 50)));
  const [tune] = p.of("tune");
  expect(tune).toMatchObject({ runId: p.runId(), patch: { weightOptimizer: { lr: 0.001 } } });
});

it("changes nothing where nothing was set since", async () => {
  const p = page();
  p.fail("Error", 4);
  press("Go on from step 4");
  await act(() => new Promise((resolve) => setTimeout(resolve, 50)));
  expect(p.of("tune")).toEqual([]);
});

it("goes on from a failed backend on another", () => {
  const p = page();
  p.fail("BackendError", 6);
  press("… on WebAssembly");
  expect(p.choices.at(-1)).toBe("wasm");
  p.emit({ ...ready, backend: { id: "wasm", device: "test", refused: [] } } as EngineEvent);
  expect(p.last()?.spec.backend).toBe("wasm");
  expect(p.last()?.checkpoint?.byteLength).toBe(8);
  expect(p.records()).toBe(6);
});

it("falls back to the newest state that was kept where nothing was handed over, or too much", () => {
  const p = page();
  p.emit({ kind: "checkpoint", runId: p.runId(), step: 3, bytes: new ArrayBuffer(4) });
  p.fail("BackendError", 9);
  expect(button("Go on from step 3")).not.toBeNull();
  expect(button(/from step 9/)).toBeNull();
});

it("goes on after the worker died, and offers only a new start where nothing was kept", () => {
  const p = page();
  p.emit({ kind: "checkpoint", runId: p.runId(), step: 5, bytes: new ArrayBuffer(4) });
  act(() => p.die("killed"));
  expect(screen.getAllByRole("button", { name: "Go on from step 5" }).length).toBeGreaterThan(0);
  fireEvent.click(screen.getAllByRole("button", { name: "Go on from step 5" })[0] as HTMLElement);
  p.emit(ready);
  expect(p.last()?.checkpoint?.byteLength).toBe(4);
  expect(p.records()).toBe(5);
  act(() => p.die("killed again"));
  expect(button(/Go on from/)).toBeNull();
  expect(button("Start again")).not.toBeNull();
});
