// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import {
  created,
  fakeEngine,
  makeRuns,
  ready,
  testBurst,
} from "../../../test/support/fake-engine.ts";
import type { RunId } from "../../protocol/spec.ts";
import { loadAll } from "../parts/later.tsx";
import { createPlayground, PlaygroundProvider } from "../state/app.ts";
import { createClient } from "../state/client.ts";
import { Notices } from "./Notices.tsx";
import { useShortcuts } from "./shortcuts.ts";
import { TransportBar } from "./TransportBar.tsx";

beforeAll(loadAll);
beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function Keyed() {
  useShortcuts();
  return null;
}

/** A page whose lane A has taken 20 steps. */
function page(beside?: ReactNode) {
  const engine = fakeEngine();
  const playground = createPlayground(createClient(engine.open));
  const { actions, client, view } = playground;
  render(
    <PlaygroundProvider value={playground}>
      <TransportBar />
      <Notices />
      {beside}
    </PlaygroundProvider>,
  );
  const wait = () => act(() => vi.advanceTimersByTime(300));
  const answer = () => act(() => makeRuns(engine, client));
  const step = (i: number, count: number) => {
    const runId = view.getState().lanes[i]?.runId ?? ("none" as RunId);
    const done = client.store.getState().runs[runId]?.records.length ?? 0;
    act(() => engine.emit({ kind: "steps", runId, burst: testBurst(done, count) }));
    wait();
  };
  act(() => engine.emit(ready));
  act(() => actions.choosePreset("tiny"));
  answer();
  step(0, 20);
  /** Forks the lane on show at a step; the engine makes the branch. */
  const fork = (steps: number) => {
    act(() => actions.scrubTo(steps));
    act(() => actions.fork());
    const asked = engine.of("fork").at(-1);
    const spec = engine.of("create").at(-1)?.spec;
    if (!asked || !spec) throw new Error("nothing was forked");
    act(() =>
      engine.emit(
        { kind: "status", runId: asked.runId, status: "loading" },
        created(asked.runId, spec),
      ),
    );
    wait();
  };
  return { ...engine, actions, view, answer, step, fork, wait };
}
const key = () => screen.getByRole("button", { name: "Branches" });
const items = () => screen.getAllByRole("treeitem").map((item) => item.getAttribute("aria-label"));

it("says how to fork while there is none, and takes the focus and gives it back", () => {
  page();
  fireEvent.click(key());
  expect(key().getAttribute("aria-expanded")).toBe("true");
  expect(screen.getByText(/No branches yet\..*press Fork/)).toBeDefined();
  expect(items()).toEqual(["lane A, DARTS, from the beginning, now at step 20, on show"]);
  expect(document.activeElement).toBe(screen.getByRole("treeitem"));
  fireEvent.keyDown(screen.getByRole("treeitem"), { key: "Escape" });
  expect(screen.queryByRole("tree")).toBeNull();
  expect(document.activeElement).toBe(key());
});

it("opens and closes at its key, and the focus stays where it was", () => {
  page(<Keyed />);
  const stage = screen.getByRole("button", { name: "Step" });
  stage.focus();
  const press = () => fireEvent.keyDown(document.activeElement ?? document.body, { key: "y" });
  press();
  expect(document.activeElement).toBe(screen.getByRole("treeitem"));
  press();
  expect(screen.queryByRole("tree")).toBeNull();
  expect(document.activeElement).toBe(stage);
});

it("names every branch, its parent and its step, and dashes the future that was left", () => {
  const p = page();
  fireEvent.click(key());
  p.fork(12);
  p.step(1, 3);
  expect(items()).toEqual([
    "lane A, DARTS, from the beginning, now at step 20",
    "lane B, DARTS, forked from A at step 12, now at step 15, on show",
  ]);
  expect(screen.getByTestId("ghost A").getAttribute("d")).toMatch(/^M12,.*H20$/);
  const { runId = "none" as RunId } = p.view.getState().lanes[1] ?? {};
  act(() => p.emit({ kind: "checkpoint", runId, step: 14, bytes: new ArrayBuffer(8) }));
  p.step(1, 1);
  expect(items()[1]).toContain("saved at step 14");
});

it("walks by arrows, shows a lane by Enter, and travels to its fork by another", () => {
  const p = page();
  p.fork(12);
  p.step(1, 3);
  fireEvent.click(key());
  const tree = screen.getByRole("tree");
  const at = () => document.activeElement?.getAttribute("aria-label")?.slice(0, 6);
  const press = (name: string) => fireEvent.keyDown(document.activeElement ?? tree, { key: name });
  expect(at()).toBe("lane B");
  press("ArrowLeft");
  expect(at()).toBe("lane A");
  expect(tree.querySelectorAll("[tabindex='0']")).toHaveLength(1);
  press("Enter");
  expect(p.view.getState()).toMatchObject({ selected: "A", scrub: undefined });
  p.wait();
  expect(screen.queryByTestId("ghost A")).toBeNull();
  press("ArrowRight");
  press("Enter");
  press("Enter");
  expect(p.view.getState()).toMatchObject({ selected: "B", scrub: 12 });
  press("Home");
  press("End");
  expect(at()).toBe("lane B");
});

it("keeps a trunk that was reset as what it was, which cannot be chosen", () => {
  const p = page();
  p.fork(12);
  act(() => p.actions.retry("A"));
  p.answer();
  fireEvent.click(key());
  expect(items()).toEqual([
    "lane A, DARTS, from the beginning, now at step 0",
    "lane A, DARTS, from the beginning, no longer on the page, came to step 20",
    "lane B, DARTS, forked from A at step 12, now at step 12, on show",
  ]);
  const gone = screen.getAllByRole("treeitem")[1] as HTMLElement;
  expect(gone.getAttribute("aria-disabled")).toBe("true");
  fireEvent.click(gone);
  expect(p.view.getState().selected).toBe("B");
});
