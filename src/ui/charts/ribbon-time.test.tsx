// @vitest-environment happy-dom
/** @file Time on the decision ribbon: hover previews, a click travels, a drag or keys brush a window whose flips are told. */
import { act, fireEvent, render, screen, within } from "@testing-library/react";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import { frames, live, mountsCharts } from "../../../test/support/charts.ts";
import { cellGroup } from "../../../test/support/groups.ts";
import type { StepWindow } from "../viz/flips.ts";
import type { Live } from "../viz/live.ts";
import { appendTrace, beginTrace } from "../viz/trace.ts";
import { DecisionRibbon, type RibbonPast } from "./DecisionRibbon.tsx";

mountsCharts();

const group = cellGroup(2, 3, ["skip_connect", "sep_conv_3x3"]);
/** Edge 0 changes its mind every ten steps, edge 1 once, at step 35. */
function past(): RibbonPast {
  const rows = Array.from({ length: 101 }, (_, s) => [
    Math.floor(s / 10) % 2,
    1 - (Math.floor(s / 10) % 2),
    s < 35 ? 1 : 0,
    s < 35 ? 0 : 1,
  ]);
  const trace = appendTrace(beginTrace(0, { normal: Float32Array.from(rows[0] ?? []) }), 1, 100, {
    normal: Float32Array.from(rows.slice(1).flat()),
  });
  const genotype = { space: "x", groups: { normal: [] }, text: "" };
  return { trace, changes: [{ steps: 0, genotype }], present: 100 };
}

const told = { onTravel: vi.fn(), onPreview: vi.fn(), onBrush: vi.fn() };
/** A ribbon whose window is kept beside it, as the page keeps it. */
function Ribbon({ past, moment }: { past: Live<RibbonPast>; moment: Live<number | undefined> }) {
  const [window, setWindow] = useState<StepWindow>();
  const onBrush = (next: StepWindow | undefined) => {
    told.onBrush(next);
    setWindow(next);
  };
  return (
    <DecisionRibbon {...{ group, past, moment, window, ...told, onBrush }} label="Decisions" />
  );
}
function mount() {
  for (const mock of Object.values(told)) mock.mockClear();
  const moment = live<number | undefined>(undefined);
  const now = live(past());
  const { unmount } = render(<Ribbon past={now} moment={moment} />);
  const slider = screen.getByRole("slider");
  slider.getBoundingClientRect = () => ({ left: 50, top: 0, width: 500, height: 256 }) as DOMRect;
  const at = (steps: number, more: object = {}) => ({
    ...{ clientX: 50 + 5 * steps, clientY: 10 },
    ...more,
  });
  return { unmount, ...told, moment, slider, at, past: now };
}
const readout = () => screen.getByRole("status").textContent;

it("previews the moment under the pointer until that leaves, and travels at a click", () => {
  const { slider, at, onPreview, onTravel, onBrush } = mount();
  fireEvent.pointerMove(slider, at(20));
  fireEvent.pointerMove(slider, at(30));
  expect(onPreview.mock.calls).toEqual([[20], [30]]);
  expect(onTravel).not.toHaveBeenCalled();
  fireEvent.pointerDown(slider, at(30));
  fireEvent.pointerMove(slider, at(30, { clientX: 202, buttons: 1 }));
  fireEvent.pointerUp(slider, at(30));
  expect(onTravel.mock.calls).toEqual([[30]]);
  expect(onBrush).not.toHaveBeenCalled();
  fireEvent.pointerLeave(slider);
  expect(onPreview).toHaveBeenLastCalledWith(undefined);
});

it("takes its preview along when it goes", () => {
  const { slider, at, onPreview, unmount } = mount();
  fireEvent.pointerMove(slider, at(20));
  unmount();
  expect(onPreview).toHaveBeenLastCalledWith(undefined);
});

it("does not preview under a finger, which taps and drags all the same", () => {
  const { slider, at, onPreview, onBrush } = mount();
  const touch = { pointerType: "touch" };
  fireEvent.pointerDown(slider, at(20, touch));
  fireEvent.pointerMove(slider, at(60, { ...touch, buttons: 1 }));
  fireEvent.pointerUp(slider, at(60, touch));
  expect(onPreview).not.toHaveBeenCalled();
  expect(onBrush).toHaveBeenLastCalledWith({ from: 20, to: 60 });
});

it("brushes a window either way and tells its flips, by edge, until Escape", async () => {
  const { slider, at, onTravel, onBrush } = mount();
  fireEvent.pointerDown(slider, at(55));
  fireEvent.pointerMove(slider, at(25, { buttons: 1 }));
  fireEvent.pointerUp(slider, at(25));
  await frames();
  expect(onBrush).toHaveBeenLastCalledWith({ from: 25, to: 55 });
  expect(onTravel).not.toHaveBeenCalled();
  // Edge 0 at 30, 40 and 50; edge 1 at 35.
  expect(readout()).toBe("flips in window: 4, steps 25–55");
  const rows = within(screen.getByRole("list", { name: "Flips in window by edge" }));
  expect(rows.getAllByRole("listitem").map((row) => row.textContent)).toEqual([
    "c_{k-2} to node 0: 3",
    "c_{k-1} to node 0: 1",
  ]);
  fireEvent.keyDown(slider, { key: "Escape" });
  await frames();
  expect(screen.queryByRole("status")).toBeNull();
});

it("brushes by keys: a window begins, and ends, at the moment on show", async () => {
  const { slider, moment, onBrush, onTravel } = mount();
  act(() => moment.set(30));
  fireEvent.keyDown(slider, { key: "Home", shiftKey: true });
  expect(onBrush).toHaveBeenLastCalledWith({ from: 30, to: 100 });
  act(() => moment.set(45));
  fireEvent.keyDown(slider, { key: "End", shiftKey: true });
  expect(onBrush).toHaveBeenLastCalledWith({ from: 30, to: 45 });
  await frames();
  expect(readout()).toBe("flips in window: 2, steps 30–45");
  fireEvent.click(screen.getByRole("button", { name: "Clear the window" }));
  expect(onBrush).toHaveBeenLastCalledWith(undefined);
  fireEvent.keyDown(slider, { key: "End", shiftKey: true });
  expect(onBrush).toHaveBeenLastCalledWith({ from: 0, to: 45 });
  expect(onTravel).not.toHaveBeenCalled();
  fireEvent.keyDown(slider, { key: "End" });
  expect(onTravel).toHaveBeenLastCalledWith(100);
});

it("says for how long the genotype has stood, at the moment on show", async () => {
  const { moment, past: now } = mount();
  await frames();
  expect(screen.getByText(/^settled:/).textContent).toBe("settled: 100 steps");
  const kept = (op: string) => ({
    space: "x",
    groups: { normal: [{ from: 0, to: 2, op }] },
    text: op,
  });
  act(() =>
    now.set({
      ...now.get(),
      changes: [...now.get().changes, { steps: 40, genotype: kept("skip_connect") }],
    }),
  );
  await frames();
  expect(screen.getByText(/^settled:/).textContent).toBe("settled: 60 steps");
  act(() => moment.set(50));
  await frames();
  expect(screen.getByText(/^settled:/).textContent).toBe("settled: 10 steps");
});
