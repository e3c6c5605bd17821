// @vitest-environment happy-dom
/** @file The bars of channel scores, mounted: what they say, and that they follow α. */
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { live } from "./testing.ts";
import { WidthBars } from "./WidthBars.tsx";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});
const group: AlphaGroup = {
  name: "stage1.block1",
  kind: "gate",
  nodes: 4,
  inputs: 1,
  edges: [1, 2, 3].map((to) => ({ from: 0, to })),
  ops: ["channel"],
};

it("says what stays, marks what goes, and follows α", async () => {
  const alpha = live<Record<string, Float32Array> | undefined>(undefined);
  render(<WidthBars label="Lane A" groups={[group]} alpha={alpha} quantile={0.4} />);
  expect(screen.getByRole("figure").getAttribute("aria-label")).toBe("Lane A");
  alpha.set({ "stage1.block1": Float32Array.of(1, -0.25, 0.5) });
  await act(async () => {
    await vi.advanceTimersByTimeAsync(700);
  });
  expect(
    screen.getByRole("figure", { name: "Lane A: 2 of 3 channels stay, 2; pruned below 0.500" }),
  ).toBeTruthy();
  const bars = [...(screen.getByRole("listitem").querySelectorAll("i") ?? [])];
  expect(bars.map((bar) => bar.dataset["kept"])).toEqual(["true", "false", "true"]);
  expect(bars.map((bar) => bar.style.getPropertyValue("--height"))).toEqual([
    "100.00%",
    "25.00%",
    "50.00%",
  ]);
  expect(screen.getByText("stage 1, block 1")).toBeTruthy();
});
