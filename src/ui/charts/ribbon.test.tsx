// @vitest-environment happy-dom
/** @file Flags on the decision ribbon: at their steps, with their text, and a way to that moment. */
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { frames, live, mountsCharts } from "../../../test/support/charts.ts";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { DecisionRibbon, type RibbonPast } from "./DecisionRibbon.tsx";
import { decisionAt } from "./ribbon-words.ts";

mountsCharts();

const group: AlphaGroup = {
  ...{ name: "normal", kind: "choice", nodes: 3, inputs: 2 },
  edges: [{ from: 0, to: 2 }],
  ops: ["skip_connect", "sep_conv_3x3"],
};
const flag = { steps: 40, title: "DARTS+ would have stopped at step 40.", why: "Two skips." };

it("stand at their steps, say why, and travel there", async () => {
  const past = live<RibbonPast>({ trace: undefined, changes: [], present: 80 });
  const onTravel = vi.fn();
  const moment = live<number | undefined>(undefined);
  render(
    <DecisionRibbon {...{ group, past, moment, onTravel }} label="Decisions" flags={[flag]} />,
  );
  await frames();
  const button = screen.getByRole("button", { name: `${flag.title} ${flag.why}` });
  expect(screen.getByRole("listitem").style.left).toBe("50%");
  fireEvent.click(button);
  expect(onTravel).toHaveBeenCalledWith(40);
});

it("says what leads an edge at a place, and nothing beside the picture", () => {
  const two = { ...group, edges: [...group.edges, { from: 1, to: 2 }] };
  const ribbon = {
    columns: 4,
    leader: Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 1),
    margin: Float32Array.of(0, 0, 0, 0, 0, 0, 0.25, 0.5),
    kept: Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 0),
  };
  const of = { group: two, present: 40 };
  expect(decisionAt({ ribbon, of }, 2.5, 1)).toBe(
    "step 30, c_{k-1} to node 0: sep conv 3×3 leads by 0.250, kept",
  );
  expect(decisionAt({ ribbon, of }, 3.9, 1)).toContain("step 40");
  expect(decisionAt({ ribbon, of }, 3.9, 1)).toContain("dropped");
  expect(decisionAt({ ribbon, of }, 4, 1)).toBeUndefined();
  expect(decisionAt({ ribbon, of }, 2, 2)).toBeUndefined();
});

it("have no list where there are none", () => {
  const past = live<RibbonPast>({ trace: undefined, changes: [], present: 80 });
  const moment = live<number | undefined>(undefined);
  render(<DecisionRibbon {...{ group, past, moment }} label="Decisions" onTravel={() => {}} />);
  expect(screen.queryByRole("list")).toBeNull();
});
