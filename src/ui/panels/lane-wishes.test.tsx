// @vitest-environment happy-dom
/** @file Controls of a lane's settings and stage by which a next run is asked for: stop rules, and pruning. */
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { created, fakeEngine, readyToTrain, testBurst } from "../../../test/support/fake-engine.ts";
import type { Command } from "../../protocol/messages.ts";
import { createPlayground, PlaygroundProvider } from "../state/app.ts";
import { createClient } from "../state/client.ts";
import { PrunePanel } from "./PrunePanel.tsx";
import { StopRules } from "./StopRules.tsx";
import { useLanes, usePreset } from "./use-lanes.ts";

function Wishes() {
  const lanes = useLanes();
  const preset = usePreset();
  return lanes.map((lane) => (
    <section key={lane.id} aria-label={lane.letter}>
      {preset && <StopRules lane={lane} preset={preset} />}
      <PrunePanel lane={lane} quantile={0.25} onQuantile={() => {}} />
    </section>
  ));
}

/** A page with one lane of the preset, its run made and paused. */
function page(preset: string) {
  const engine = fakeEngine();
  const playground = createPlayground(createClient(engine.open));
  const view = (
    <PlaygroundProvider value={playground}>
      <Wishes />
    </PlaygroundProvider>
  );
  render(view);
  act(() => engine.emit(readyToTrain));
  act(() => playground.actions.choosePreset(preset));
  const last = () => engine.of("create").at(-1) as Extract<Command, { kind: "create" }>;
  const size = { parameters: 1000, multiplyAdds: 50_000 };
  const made = { ...created(last().runId, last().spec), size } as Parameters<typeof engine.emit>[0];
  act(() => engine.emit(made));
  return { ...engine, ...playground, last, made };
}
afterEach(cleanup);
const box = (name: string) => screen.getByRole<HTMLInputElement>("checkbox", { name });

it("offers the rules that the catalog has for the space, and asks for those that are ticked", () => {
  const p = page("tiny");
  expect(screen.getAllByRole("checkbox")).toHaveLength(3);
  expect(box("The first flag ends the run").disabled).toBe(true);
  fireEvent.click(box("Settled ranking"));
  fireEvent.click(box("The first flag ends the run"));
  act(() => p.actions.reset());
  expect(p.last().spec.stop).toEqual({ rules: ["ranking"], ends: true });
  fireEvent.click(box("Settled ranking"));
  expect(box("The first flag ends the run").checked).toBe(false);
  act(() => p.actions.reset());
  expect(p.last().spec).not.toHaveProperty("stop");
});
it("offers no rules where none sees anything", () => {
  page("toy");
  expect(screen.queryAllByRole("checkbox")).toEqual([]);
});
it("prunes only a search that stands still, by the share on show, and counts what is left", () => {
  const p = page("tiny");
  const { runId } = p.last();
  const button = () => screen.getByRole<HTMLButtonElement>("button", { name: /Prune and/ });
  act(() => p.emit({ kind: "status", runId, status: "playing" }));
  expect(button().disabled).toBe(true);
  act(() => p.emit({ kind: "steps", runId, burst: testBurst(0, 2) }));
  act(() => p.emit({ kind: "status", runId, status: "paused" }));
  fireEvent.change(screen.getByLabelText("What is pruned"), { target: { value: "uniform" } });
  fireEvent.click(button());
  const [asked] = p.of("prune");
  // A quarter of the search's hundred steps.
  expect(asked).toMatchObject({ by: { criterion: "uniform", quantile: 0.25 }, steps: 25 });
  if (!asked) throw new Error("nothing was asked for");
  const spec = { ...p.last().spec, method: "fixed", genotype: "3:5", pruned: true as const };
  const size = { parameters: 250, multiplyAdds: 10_000 };
  act(() => p.emit({ ...created(asked.runId, spec), size } as typeof p.made));
  expect(screen.getByRole("region", { name: "A" }).textContent).toContain("1,000 parameters · ");
  const left = screen.getByRole("region", { name: "B" }).textContent;
  expect(left).toContain(
    "250 parameters (25.0 % of lane A) · 10,000 multiply-adds an image (20.0 %",
  );
  expect(left).not.toContain("Prune");
});
