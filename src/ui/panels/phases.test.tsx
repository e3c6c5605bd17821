// @vitest-environment happy-dom
/** @file Walking through a step: what was drawn, what pulls α, and that nothing of it is asked of a normal step. */
import { act, render, screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { frames, mountsCharts } from "../../../test/support/charts.ts";
import { created, fakeEngine, ready, testBurst } from "../../../test/support/fake-engine.ts";
import type { Examples, Explained } from "../../protocol/explained.ts";
import type { EngineEvent, Phase } from "../../protocol/messages.ts";
import type { AlphaGroup, RunId } from "../../protocol/spec.ts";
import { loadAll } from "../parts/later.tsx";
import { createPlayground, PlaygroundProvider } from "../state/app.ts";
import { createClient } from "../state/client.ts";
import { PhaseStrip } from "./PhaseStrip.tsx";
import { StagePanel } from "./StagePanel.tsx";

mountsCharts();

const phases: readonly Phase[] = [
  { id: "batch", label: "batch", text: "Two batches are drawn." },
  {
    ...{ id: "alpha", label: "α", moves: "alpha", text: "α moves." },
    terms: [
      { label: "∇α L_val", text: "first order" },
      { label: "−ξ …", text: "second-order correction (reconstruction)" },
    ],
  },
  { id: "weights", label: "w", moves: "w", clamps: "m", text: "w moves." },
  { id: "challenge", label: "b", clamps: "b", text: "Another path is drawn." },
];
const images: Examples = {
  ...{ kind: "images", size: 2, classes: ["ship", "cat", "ship"] },
  pixels: new Uint8Array(3 * 12),
};
const explained: Explained = {
  terms: [{ normal: Float32Array.of(0.01, 0, 0, 0) }, { normal: Float32Array.of(-0.004, 0, 0, 0) }],
  ran: {
    m: { normal: Float32Array.of(0.5, 0.5, 0, 1) },
    b: { normal: Float32Array.of(0, 1, 1, 0) },
  },
  train: images,
  val: { kind: "texts", texts: ["anna\nb"] },
};

async function walk(told = phases, kind: AlphaGroup["kind"] = "choice") {
  await loadAll();
  const engine = fakeEngine();
  const playground = createPlayground(createClient(engine.open));
  render(
    <PlaygroundProvider value={playground}>
      <StagePanel />
      <PhaseStrip />
    </PlaygroundProvider>,
  );
  const tell = (...events: readonly EngineEvent[]) => act(() => engine.emit(...events));
  tell(ready);
  act(() => playground.actions.choosePreset("tiny"));
  const { runId, spec } = engine.of("create").at(-1) ?? { runId: "" as RunId, spec: undefined };
  if (!spec) throw new Error("a run is expected");
  const made = created(runId, spec) as Extract<EngineEvent, { kind: "created" }>;
  const groups = made.groups.map((group) => ({ ...group, kind }));
  tell({ ...made, groups, phases: told });
  tell({ kind: "status", runId, status: "paused" });
  const answer = (step: number) =>
    tell({ kind: "steps", runId, burst: { ...testBurst(step, 1), explained } });
  const next = async () => {
    act(() => playground.actions.nextPhase());
    await frames();
  };
  return { ...engine, playground, tell, answer, next, runId };
}
const strip = () => within(screen.getByRole("region", { name: "Phases of one step" }));

it("asks for the terms of a step that is walked through, and of no other", async () => {
  const p = await walk();
  act(() => p.playground.actions.step());
  p.answer(0);
  await p.next();
  expect(p.of("step")).toEqual([
    { kind: "step", runId: p.runId },
    { kind: "step", runId: p.runId, explain: true },
  ]);
});

it("moves from tile to tile at the key, not when numbers are next read", async () => {
  const p = await walk();
  const tile = () =>
    strip()
      .getAllByRole("listitem")
      .find((li) => li.getAttribute("aria-current"))?.textContent;
  for (const label of ["batch", "α", "w"]) {
    act(() => p.playground.actions.nextPhase());
    expect(tile()).toBe(label);
  }
});

it("shows what was drawn once it is known, not what an earlier step drew", async () => {
  const p = await walk();
  act(() => p.playground.actions.step());
  p.answer(0);
  await p.next();
  expect(strip().queryByRole("img")).toBeNull();
  strip().getByText(/being computed/);
  p.answer(1);
  await frames();
  expect(strip().getByRole("img").getAttribute("aria-label")).toBe(
    "Batch train, for w: 3 images, 2 ship, 1 cat",
  );
  expect(strip().getByRole("list", { name: "Batch val, for α" }).textContent).toBe("anna⏎b");
});

it("shows an arrow a term on each rope that is pulled, and says what their lengths are", async () => {
  const p = await walk();
  await p.next();
  p.answer(0);
  await p.next();
  const arrows = within(strip().getByRole("list", { name: "Arrows" })).getAllByRole("listitem");
  expect(arrows.map((a) => a.textContent?.trim())).toEqual([
    "∇α Lval first order",
    "−ξ … second-order correction (reconstruction)",
  ]);
  // Half of each of two candidates: dp = ½ · ½ · 0.01.
  strip().getByText(
    /^Full length 0\.25 %, half 0\.06\d %, a quarter 0\.016 %; on 1 of 1 edges the second goes against/,
  );
  strip().getByText(/how much of softmax α its term moves on that edge in this step/);
  const edge = document.querySelector('[role="graphics-symbol"][aria-label^="edge"]');
  expect(edge?.getAttribute("aria-label")).toContain(
    "first order: 0.25 % towards skip, away from sep conv 3×3, second-order correction (reconstruction): 0.1 %",
  );
  expect([...document.querySelectorAll("[data-term][data-edge]")].length).toBe(2);
  act(() => (edge as SVGElement).focus());
  await frames();
  screen.getByText("0.25 % towards skip, away from sep conv 3×3");
  await p.next();
  expect(document.querySelectorAll("[data-term][data-edge]").length).toBe(0);
});

it("draws what ran in each phase where candidates are clamped, and the drawn edge alone undimmed", async () => {
  const p = await walk();
  await p.next();
  p.answer(0);
  await p.next();
  const names = () =>
    [...document.querySelectorAll('[role="graphics-symbol"][aria-label^="edge"]')].map((e) =>
      e.getAttribute("aria-label"),
    );
  expect(names()[1]).toContain("skip 0.50");
  await p.next();
  expect(names()[1]).toContain("sep conv 3×3 1.00, skip 0.00");
  await p.next();
  expect(names()[1]).toContain("skip 1.00, sep conv 3×3 0.00");
  act(() => p.playground.actions.live());
  await frames();
  expect(names()[1]).toContain("skip 0.50");
  expect(document.querySelectorAll("[data-dim]").length).toBe(0);
});

it("says in words why there are no arrows, and says nothing of their lengths then", async () => {
  const p = await walk([
    { id: "draw", label: "a", text: "A path is drawn." },
    { id: "weights", label: "w", moves: "w", text: "w moves.", noTerms: "Nothing pulls α." },
  ]);
  await p.next();
  expect(strip().queryByText("Nothing pulls α.")).toBeNull();
  await p.next();
  strip().getByText("Nothing pulls α.");
  expect(strip().queryByRole("list", { name: "Arrows" })).toBeNull();
  expect(strip().queryByText(/An arrow's length/)).toBeNull();
});

it("says of gates that they have no arrows", async () => {
  const p = await walk(phases, "gate");
  await p.next();
  await p.next();
  strip().getByText(/^No arrows: they show shares of a softmax/);
  expect(strip().queryByText(/An arrow's length/)).toBeNull();
});
