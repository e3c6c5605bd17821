// @vitest-environment happy-dom
/** @file The bars of channel scores, mounted: what they say, and that they follow α. */
import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { frames, live, mountsCharts } from "../../../test/support/charts.ts";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { WidthBars } from "./WidthBars.tsx";

mountsCharts();
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
  await frames();
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
