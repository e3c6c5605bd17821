// @vitest-environment happy-dom
/** @file Flags on the decision ribbon: at their steps, with their text, and a way to that moment. */
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { frames, live, mountsCharts } from "../../../test/support/charts.ts";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { DecisionRibbon, type RibbonPast } from "./DecisionRibbon.tsx";

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

it("have no list where there are none", () => {
  const past = live<RibbonPast>({ trace: undefined, changes: [], present: 80 });
  const moment = live<number | undefined>(undefined);
  render(<DecisionRibbon {...{ group, past, moment }} label="Decisions" onTravel={() => {}} />);
  expect(screen.queryByRole("list")).toBeNull();
});
