// @vitest-environment happy-dom
/** @file The cell's charts, mounted: what they say of themselves, what keys and drags do, and that they follow α. */
import { act, fireEvent, render, screen, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { frames, live, mountsCharts } from "../../../test/support/charts.ts";
import { cellGroup } from "../../../test/support/groups.ts";
import type { Force, GenotypeEdge } from "../../protocol/spec.ts";
import { CellGraph } from "./CellGraph.tsx";
import type { GroupSteer } from "./hands.ts";

const group = cellGroup(2, 4);
const untouched = live<ReadonlySet<string>>(new Set());
const flat = () => new Float32Array(15);
/** Edge 1 prefers sep_conv_3x3: e² ∶ e ∶ 1 after softmax. */
const leaning = () => flat().map((_, i) => (i === 5 ? 2 : i === 4 ? 1 : 0));
mountsCharts();

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
        hands={{ forces, touched: live<ReadonlySet<string>>(new Set(["1 2"])), onSteer }}
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
    expect(row.hasAttribute("data-touched")).toBe(true);
    expect(screen.getByText("* moved by hand").hidden).toBe(false);
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
  it("puts hands on α from a pinned card, and shows those that are on", async () => {
    const { edges, forces, onSteer } = mount();
    act(() => edges[1]!.focus());
    fireEvent.keyDown(edges[1]!, { key: "Enter" });
    const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
    press("pin sep conv 3×3");
    press("mask none");
    press("More skip");
    expect(onSteer.mock.calls.map(([steer]) => steer)).toEqual([
      [{ edge: 1, op: 2, force: "pin" }],
      [{ edge: 1, op: 0, force: "mask" }],
      [{ edge: 1, op: 1, set: 1.25 }],
    ]);
    await act(async () =>
      forces.set([{ group: "normal", edge: 1, op: 0, kind: "mask", value: 0 }]),
    );
    await frames();
    expect(screen.getByRole("button", { name: "mask none" }).getAttribute("aria-pressed")).toBe(
      "true",
    );
    expect(edges[1]!.getAttribute("aria-label")).toContain("mask on none");
    press("mask none");
    expect(onSteer).toHaveBeenLastCalledWith([{ edge: 1, op: 0, force: "none" }]);
  });
  it("takes a typed α on Enter and on leaving, and says why it does not take what is no number", () => {
    const { edges, onSteer } = mount();
    fireEvent.click(edges[1]!);
    const field = screen.getByRole("textbox", { name: "α of sep conv 3×3" }) as HTMLInputElement;
    expect(field.value).toBe("2.00");
    const type = (value: string) => {
      fireEvent.change(field, { target: { value } });
      fireEvent.keyDown(field, { key: "Enter" });
    };
    type("−1.5");
    expect(onSteer).toHaveBeenLastCalledWith([{ edge: 1, op: 2, set: -1.5 }]);
    type("much");
    expect(screen.getByRole("alert").textContent).toContain("“much” is not a number");
    expect(field.getAttribute("aria-invalid")).toBe("true");
    type("");
    expect(onSteer).toHaveBeenCalledTimes(1);
    expect(field.value).toBe("2.00");
    type("1e9");
    expect(onSteer).toHaveBeenLastCalledWith([{ edge: 1, op: 2, set: 1000 }]);
    expect(screen.getByRole("alert").textContent).toContain("set to 1,000");
    type("3");
    expect(screen.queryByRole("alert")).toBeNull();
    fireEvent.keyDown(field, { key: "ArrowUp" });
    expect(onSteer).toHaveBeenLastCalledWith([{ edge: 1, op: 2, set: 2.1 }]);
  });
  it("moves the leading strand of the focused edge by + and −", () => {
    const { edges, onSteer } = mount();
    act(() => edges[1]!.focus());
    fireEvent.keyDown(edges[1]!, { key: "+" });
    fireEvent.keyDown(edges[1]!, { key: "-" });
    expect(onSteer.mock.calls.map(([steer]) => steer[0]!.set)).toEqual([2.25, 1.75]);
  });
  it("keeps its keys on the edge that has the focus once its card was closed by one", () => {
    const { edges, onSteer } = mount();
    act(() => edges[1]!.focus());
    fireEvent.keyDown(edges[1]!, { key: "Enter" });
    const inCard = screen.getByRole("button", { name: "Close the card" });
    act(() => inCard.focus());
    fireEvent.keyDown(inCard, { key: "Escape" });
    expect(document.activeElement).toBe(edges[1]);
    expect(screen.queryByRole("button", { name: "Close the card" })).toBeNull();
    fireEvent.keyDown(edges[1]!, { key: "+" });
    expect(onSteer.mock.calls.map(([steer]) => steer[0]!.edge)).toEqual([1]);
    fireEvent.keyDown(edges[1]!, { key: "Enter" });
    expect(screen.getByRole("button", { name: "Close the card" })).toBeDefined();
  });
  it("follows a drag of a strand, shows it at once, and lets go", async () => {
    const { edges, onSteer, container } = mount();
    const svg = container.querySelector("svg") as SVGSVGElement;
    const identity = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };
    svg.getScreenCTM = () => ({ inverse: () => identity }) as unknown as DOMMatrix;
    const edge = edges[1] as unknown as SVGGElement;
    edge.setPointerCapture = () => {};
    const strands = () =>
      [...container.querySelectorAll("[aria-hidden] path")].map((p) => p.getAttribute("d"));
    const before = strands();
    fireEvent.pointerDown(edge, { button: 0, clientX: 0, clientY: 0 });
    fireEvent.pointerMove(edge, { clientX: 2, clientY: 0 });
    expect(onSteer).not.toHaveBeenCalled();
    fireEvent.pointerMove(edge, { clientX: 60, clientY: -60 });
    const [[{ edge: at, op, set, force }]] = onSteer.mock.calls[0]! as [[GroupSteer]];
    expect([at, force]).toEqual([1, "hold"]);
    expect(set! - leaning()[3 + op]!).toBeCloseTo(2, 6);
    expect(strands()).not.toEqual(before);
    fireEvent.pointerUp(edge);
    expect(onSteer).toHaveBeenLastCalledWith([{ edge: 1, op, force: "none" }]);
    expect(strands()).toEqual(before);
    fireEvent.click(edge);
    expect(screen.queryByRole("button", { name: "Close the card" })).toBeNull();
  });
  it("has no controls where nothing can be changed", () => {
    render(
      <CellGraph
        label="recorded cell"
        group={group}
        alpha={live<Float32Array | undefined>(leaning())}
        kept={live<readonly GenotypeEdge[] | undefined>([])}
        hands={{ forces: live<readonly Force[]>([]), touched: untouched }}
        isXray={true}
        detail="three"
      />,
    );
    const edge = document.querySelector<SVGElement>('[aria-label^="edge"]')!;
    fireEvent.click(edge);
    expect(screen.getByRole("button", { name: "Close the card" })).toBeTruthy();
    expect(screen.queryByRole("textbox")).toBeNull();
  });
  it("can stand beside another one: no id appears twice", () => {
    mount();
    mount();
    const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
