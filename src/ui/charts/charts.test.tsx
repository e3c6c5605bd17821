// @vitest-environment happy-dom
/** @file Every chart, mounted: what it says of itself, what its keys do, and that it follows its live values. */
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { StepRecord } from "../../protocol/messages.ts";
import type { AlphaGroup, Force, GenotypeEdge } from "../../protocol/spec.ts";
import type { Live } from "../viz/live.ts";
import type { State } from "../viz/plane.ts";
import { toyEnd } from "../viz/toy-end.ts";
import type { ToyRules } from "../viz/toy-step.ts";
import { AlphaStrip } from "./AlphaStrip.tsx";
import { CellGraph } from "./CellGraph.tsx";
import type { GroupSteer } from "./hands.ts";
import { LossChart } from "./LossChart.tsx";
import { PhasePlane, type PlaneLane } from "./PhasePlane.tsx";

function live<T>(value: T): Live<T> & { set(next: T): void; readonly listeners: Set<() => void> } {
  const listeners = new Set<() => void>();
  let now = value;
  return {
    listeners,
    get: () => now,
    set(next) {
      now = next;
      for (const changed of listeners) changed();
    },
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}
const group: AlphaGroup = {
  name: "normal",
  kind: "choice",
  nodes: 4,
  inputs: 2,
  edges: [
    { from: 0, to: 2 },
    { from: 1, to: 2 },
    { from: 0, to: 3 },
    { from: 1, to: 3 },
    { from: 2, to: 3 },
  ],
  ops: ["none", "skip_connect", "sep_conv_3x3"],
};
const flat = () => new Float32Array(15);
/** Edge 1 prefers sep_conv_3x3: e² ∶ e ∶ 1 after softmax. */
const leaning = () => flat().map((_, i) => (i === 5 ? 2 : i === 4 ? 1 : 0));
const frames = async (ms = 700) => {
  await act(async () => {
    await vi.advanceTimersByTimeAsync(ms);
  });
};
/** A plot's size, which a DOM without layout does not know. */
class SizedObserver {
  readonly report: ResizeObserverCallback;
  constructor(report: ResizeObserverCallback) {
    this.report = report;
  }
  observe() {
    const entry = { contentRect: { width: 484, height: 256 } } as ResizeObserverEntry;
    this.report([entry], this as unknown as ResizeObserver);
  }
  unobserve() {}
  disconnect() {}
}
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("ResizeObserver", SizedObserver);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the cell", () => {
  const mount = (alpha = live<Float32Array | undefined>(leaning())) => {
    const kept = live<readonly GenotypeEdge[] | undefined>([
      { from: 1, to: 2, op: "sep_conv_3x3" },
    ]);
    const forces = live<readonly Force[]>([]);
    const onSteer = vi.fn<(steer: readonly GroupSteer[]) => void>();
    const { container, unmount } = render(
      <CellGraph
        label="normal cell"
        group={group}
        alpha={alpha}
        kept={kept}
        hands={{ forces, onSteer }}
        isXray={false}
        detail="all"
      />,
    );
    const edges = [...container.querySelectorAll<SVGElement>('[aria-label^="edge"]')];
    return { alpha, kept, forces, onSteer, edges, container, unmount };
  };
  it("names itself, its nodes and its edges with what is kept", () => {
    const { edges, container } = mount();
    expect(container.querySelector('[role="graphics-document"]')?.getAttribute("aria-label")).toBe(
      "normal cell",
    );
    expect(edges.map((e) => e.getAttribute("aria-label"))[1]).toBe(
      "edge c_{k-1} to node 0, kept, sep conv 3×3 0.67, skip 0.24",
    );
    expect(container.querySelectorAll('[aria-label="input c_{k-2}"]')).toHaveLength(1);
    expect(container.querySelectorAll('[aria-label="output c_k"]')).toHaveLength(1);
    expect(
      within(screen.getByRole("list", { name: "Operations" })).getAllByRole("listitem"),
    ).toHaveLength(3);
  });
  it("is one Tab stop in which arrows, Home and End move along the edges", () => {
    const { edges } = mount();
    const stops = () => edges.map((e) => e.getAttribute("tabindex"));
    expect(stops()).toEqual(["0", "-1", "-1", "-1", "-1"]);
    act(() => edges[0]!.focus());
    const press = (key: string) => fireEvent.keyDown(document.activeElement!, { key });
    for (const [key, to] of [
      ["ArrowRight", 1],
      ["ArrowDown", 2],
      ["ArrowLeft", 1],
      ["End", 4],
      ["ArrowRight", 4],
      ["Home", 0],
    ] as const) {
      press(key);
      expect(document.activeElement).toBe(edges[to]);
      expect(stops().indexOf("0")).toBe(to);
    }
  });
  it("opens a card on focus or hover, pins it on click and closes it on Escape", () => {
    const { edges } = mount();
    expect(screen.queryByText("kept")).toBeNull();
    act(() => edges[1]!.focus());
    const row = screen.getByRole("row", { name: /sep conv 3×3/ });
    expect(row.textContent).toContain("0.665");
    expect(screen.getByText("kept")).toBeTruthy();
    fireEvent.keyDown(edges[1]!, { key: "Escape" });
    expect(screen.queryByText("kept")).toBeNull();

    fireEvent.pointerEnter(edges[0]!);
    expect(screen.getByText("dropped")).toBeTruthy();
    fireEvent.click(edges[0]!);
    fireEvent.pointerLeave(edges[0]!);
    expect(screen.getByRole("button", { name: "Close the card" })).toBeTruthy();
    fireEvent.keyDown(edges[0]!, { key: "Escape" });
    expect(screen.queryByRole("button")).toBeNull();
  });
  it("draws strands as wide as their weights, and again when α changes, without React", async () => {
    const { alpha, container, unmount } = mount(live<Float32Array | undefined>(flat()));
    const strands = () =>
      [...container.querySelectorAll("[aria-hidden] path")].map((p) => p.getAttribute("d"));
    const before = strands();
    alpha.set(leaning());
    await frames();
    const changed = strands().filter((d, i) => d !== before[i]);
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.length).toBeLessThanOrEqual(group.ops.length);
    unmount();
    expect(alpha.listeners.size).toBe(0);
  });
  it("says that there is no α yet, until there is", async () => {
    const { alpha } = mount(live<Float32Array | undefined>(undefined));
    const note = screen.getByText(/No α yet/).parentElement!;
    expect(note.hidden).toBe(false);
    alpha.set(flat());
    await frames();
    expect(note.hidden).toBe(true);
  });
  it("can stand beside another one: no id appears twice", () => {
    mount();
    mount();
    const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("the strip", () => {
  it("is a table of softmax weights that follows α", async () => {
    const alpha = live<Float32Array | undefined>(flat());
    render(<AlphaStrip label="α of the normal cell" group={group} alpha={alpha} />);
    const table = screen.getByRole("table", { name: "α of the normal cell" });
    expect(within(table).getAllByRole("row")).toHaveLength(6);
    expect(within(table).getByRole("rowheader", { name: /c_\{k-1\} to node 0/ })).toBeTruthy();
    expect(within(table).getByRole("columnheader", { name: "skip_connect" })).toBeTruthy();
    const cells = table.querySelectorAll("td");
    expect(cells[5]!.textContent).toBe("0.333");
    alpha.set(leaning());
    await frames();
    expect(cells[5]!.textContent).toBe("0.665");
  });
  it("reads a cell out on focus and moves by arrows", () => {
    render(
      <AlphaStrip label="α" group={group} alpha={live<Float32Array | undefined>(leaning())} />,
    );
    const cells = screen.getByRole("table").querySelectorAll("td");
    act(() => cells[0]!.focus());
    for (const key of ["ArrowDown", "ArrowRight", "ArrowRight"])
      fireEvent.keyDown(document.activeElement!, { key });
    expect(document.activeElement).toBe(cells[5]);
    expect(screen.getByText(/^0\.665$/, { selector: "figcaption span" })).toBeTruthy();
    expect(document.querySelector("figcaption")!.textContent).toContain("sep_conv_3x3 0.665");
  });
});

const loss = (step: number): StepRecord => ({ step, trainLoss: 2 / step, valLoss: 3 / step });
describe("the loss chart", () => {
  const mount = (count: number) => {
    const records = live<readonly StepRecord[]>(
      Array.from({ length: count }, (_, i) => loss(i + 1)),
    );
    const lanes = [{ id: "a", letter: "D1", label: "DARTS", records }];
    const view = render(<LossChart lanes={lanes} yLabel="cross-entropy (nats)" />);
    return { records, ...view };
  };
  it("is empty in words before the first step, and has axes with units after it", async () => {
    const { records } = mount(0);
    expect(screen.getByText(/No steps yet/)).toBeTruthy();
    records.set([loss(1), loss(2)]);
    await frames();
    expect(screen.queryByText(/No steps yet/)).toBeNull();
    expect(screen.getByText("iteration")).toBeTruthy();
    expect(screen.getByText("cross-entropy (nats)")).toBeTruthy();
    records.set([]);
    await frames();
    expect(screen.getByText(/No steps yet/)).toBeTruthy();
  });
  it("reads exact losses out by arrow keys", () => {
    mount(20);
    const cursor = screen.getByRole("slider", { name: "Losses at an iteration" });
    const read = (key: string) => {
      fireEvent.keyDown(cursor, { key });
      return cursor.getAttribute("aria-valuetext");
    };
    expect(read("End")).toBe("iteration 20; DARTS: train 0.100000, validation 0.150000");
    expect(read("ArrowLeft")).toContain("iteration 19");
    expect(read("Home")).toBe("iteration 1; DARTS: train 2.00000, validation 3.00000");
    expect(screen.getByRole("cell", { name: "3.00000" })).toBeTruthy();
    expect(read("Escape")).toBe("none chosen");
  });
});

describe("the phase plane", () => {
  const record = (step: number, alpha: number, w: number): StepRecord => ({
    ...loss(step),
    values: { alpha, w },
  });
  const plain = { kind: "sgd", lr: 0.1, lrFloor: 0.1, momentum: 0, decay: 0, clip: 0 } as const;
  const start = { alpha: 2, w: -2 };
  const rules = (method: string, hyper: ToyRules["hyper"]): ToyRules => ({
    method,
    hyper,
    optimizers: { weights: plain, alpha: plain },
  });
  const lane = (id: string, xi: number, records: readonly StepRecord[]) => ({
    id,
    letter: "D2",
    label: `DARTS ξ ${xi}`,
    records: live(records),
    rules: rules("darts", { xi }),
    end: toyEnd(rules("darts", { xi })),
    origin: start,
    steps: 100,
  });
  const mounted = (
    lanes: readonly PlaneLane[],
    onStart: (to: State, isDone: boolean) => void = () => {},
  ) => (
    <PhasePlane
      lanes={lanes}
      shown="a"
      start={start}
      reach={10}
      onStart={onStart}
      hasField={true}
      hasFan={true}
    />
  );
  const paths = (container: Element, name: string) =>
    [...container.querySelectorAll(`[class*="${name}"]`)].map((p) => p.getAttribute("d"));
  it("says where each lane will end, or that it will not", () => {
    const none = {
      ...lane("b", 0, []),
      label: "EDAS",
      rules: rules("edas", {}),
      end: toyEnd(rules("edas", {})),
    };
    render(mounted([lane("a", 0.5, []), none]));
    const name = screen.getByRole("img").getAttribute("aria-label");
    expect(name).toContain("DARTS ξ 0.5 ends at α 1.000, w 1.000");
    expect(name).toContain("EDAS no finite end: needs edges to choose on");
    for (const text of ["architecture α", "weight w", "w = α", "start"])
      expect(screen.getByText(text)).toBeTruthy();
  });
  it("draws arrows, twenty paths and a forecast, all of which follow the settings", () => {
    const { container, rerender } = render(mounted([lane("a", 0.5, [])]));
    const drawn = () => ["field", "fan", "forecast"].map((name) => paths(container, name));
    expect(container.querySelectorAll('[class*="fan"]')).toHaveLength(20);
    expect(paths(container, "field")[0]?.match(/M/g)?.length).toBeGreaterThan(40);
    expect(paths(container, "forecast")[0]).toContain("L");
    const before = drawn();
    rerender(mounted([lane("a", 0, [])]));
    for (const [i, now] of drawn().entries()) if (i !== 1) expect(now).not.toEqual(before[i]);
  });
  it("moves the start by arrow keys and by dragging, and reads out any point", () => {
    const onStart = vi.fn();
    render(mounted([lane("a", 0.5, [])], onStart));
    const handle = screen.getByRole("slider", { name: "Starting point" });
    expect(handle.getAttribute("aria-valuetext")).toBe("α 2, w −2");
    fireEvent.keyDown(handle, { key: "ArrowUp", shiftKey: true });
    expect(onStart).toHaveBeenLastCalledWith({ alpha: 2, w: -1.5 }, true);
    handle.setPointerCapture = () => {};
    fireEvent.pointerDown(handle, { clientX: 100, clientY: 100 });
    fireEvent.pointerMove(handle, { clientX: 0, clientY: 0 });
    expect(onStart).toHaveBeenLastCalledWith(expect.anything(), false);
    fireEvent.pointerUp(handle, { clientX: 0, clientY: 0 });
    expect(onStart).toHaveBeenLastCalledWith(expect.anything(), true);
    const probe = screen.getByRole("slider", { name: "Read a point of the plane" });
    fireEvent.keyDown(probe, { key: "ArrowRight" });
    expect(probe.getAttribute("aria-valuetext")).toMatch(
      /^α 1\.14, w 1\.00; L_val .* from the optimum; a step of D2/,
    );
    fireEvent.keyDown(probe, { key: "Escape" });
    expect(probe.getAttribute("aria-valuetext")).toContain("none chosen");
  });
  it("moves the ring with the method's settings", () => {
    const ring = (container: Element) =>
      container.querySelector('[class*="ring"]')?.getAttribute("transform");
    const { container, rerender } = render(mounted([lane("a", 0.5, [])]));
    const before = ring(container);
    rerender(mounted([lane("a", 1, [])]));
    expect(before).toMatch(/^translate/);
    expect(ring(container)).not.toBe(before);
  });
  it("lets trails grow, keeps coinciding heads apart, and forgets a trail on reset", async () => {
    const lanes = [lane("a", 0, [record(1, 1.5, 0)]), lane("b", 0, [record(1, 1.5, 0)])];
    const { container } = render(mounted(lanes));
    const trails = () =>
      [...container.querySelectorAll('[class*="trail"]')].map((p) => p.getAttribute("d"));
    const plates = [...container.querySelectorAll('[class*="head"] > g')].map((g) =>
      g.getAttribute("transform"),
    );
    expect(plates).toHaveLength(2);
    expect(new Set(plates).size).toBe(2);
    expect(trails()[0]).toBe(trails()[1]);
    const before = trails()[0]!;
    lanes[0]!.records.set([record(1, 1.5, 0), record(2, 1.6, 1)]);
    await frames();
    expect(trails()[0]!.startsWith(before)).toBe(true);
    expect(trails()[0]!.length).toBeGreaterThan(before.length);
    lanes[0]!.records.set([]);
    await frames();
    expect(trails()[0]).not.toContain("L");
  });
});
