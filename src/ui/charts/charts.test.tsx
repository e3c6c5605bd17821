// @vitest-environment happy-dom
/** @file Every chart, mounted: what it says of itself, what its keys do, and that it follows its live values. */
import { fireEvent, render, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { frames, live, mountsCharts } from "../../../test/support/charts.ts";
import type { StepRecord } from "../../protocol/messages.ts";
import type { PlaneLane, State } from "../viz/plane.ts";
import { toyEnd } from "../viz/toy-end.ts";
import type { ToyRules } from "../viz/toy-step.ts";
import { LossChart } from "./LossChart.tsx";
import { PhasePlane } from "./PhasePlane.tsx";

mountsCharts();

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
