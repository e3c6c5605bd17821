// @vitest-environment happy-dom
/** @file A lane is paused where it crosses the budget, once, and may go on. */
import { expect, it } from "vitest";
import { created, readyPage, testBurst } from "../../../test/support/fake-engine.ts";
import type { RunId } from "../../protocol/spec.ts";

function playing() {
  const page = readyPage();
  const { emit, of, view } = page;
  const made = of("create").at(-1);
  const runId = view.getState().lanes[0]?.runId as RunId;
  if (made) emit(created(runId, made.spec));
  emit({ kind: "status", runId, status: "playing" });
  let done = 0;
  const steps = (count: number, gradients: number) => {
    const spent = { gradients, forwards: 0, peakBytes: 1 };
    emit({ kind: "steps", runId, burst: { ...testBurst(done, count), spent } });
    done += count;
  };
  const status = (now: "paused" | "playing") => emit({ kind: "status", runId, status: now });
  return { ...page, steps, status };
}

it("pauses at so many gradient passes, and not again beyond them", () => {
  const p = playing();
  p.actions.setBudget({ kind: "gradients", amount: 10 });
  p.steps(2, 6);
  expect(p.of("pause")).toHaveLength(0);
  p.steps(2, 6);
  expect(p.of("pause")).toHaveLength(1);
  p.steps(2, 6);
  expect(p.of("pause")).toHaveLength(1);
  const said = () => Object.values(p.view.getState().outOf);
  p.status("paused");
  expect(said()).toEqual(["budget reached: 10 gradient passes"]);
  p.status("playing");
  expect(said()).toEqual([undefined]);
  expect(p.view.getState().seen).toMatchObject([
    { steps: 4, text: "budget reached: 10 gradient passes" },
  ]);
});

it.each([
  ["so many seconds of computing", { kind: "seconds", amount: 0.01 }, 4],
  ["so many steps without a change", { kind: "settled", amount: 7 }, 6],
] as const)("pauses after %s", (_, budget, within) => {
  const p = playing();
  p.actions.setBudget(budget);
  p.steps(within, within);
  expect(p.of("pause")).toHaveLength(0);
  p.steps(1, 1);
  expect(p.of("pause")).toHaveLength(1);
});
