/** @file A lane is paused where it crosses the budget, once, and may go on. */
import { expect, it } from "vitest";
import { created, fakeEngine, ready, testBurst } from "../../../test/support/fake-engine.ts";
import type { RunId } from "../../protocol/spec.ts";
import { createActions } from "./actions.ts";
import { createClient } from "./client.ts";
import { createView } from "./view.ts";

function playing() {
  const engine = fakeEngine();
  const client = createClient(engine.open);
  const view = createView();
  const actions = createActions(client, view);
  engine.emit(ready);
  const [made] = engine.of("create").slice(-1);
  const runId = view.getState().lanes[0]?.runId as RunId;
  if (made) engine.emit(created(runId, made.spec));
  engine.emit({ kind: "status", runId, status: "playing" });
  let done = 0;
  const steps = (count: number, gradients: number) => {
    const spent = { gradients, forwards: 0, peakBytes: 1 };
    engine.emit({ kind: "steps", runId, burst: { ...testBurst(done, count), spent } });
    done += count;
  };
  return { ...engine, actions, view, steps };
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
  expect(p.view.getState().seen).toMatchObject([
    { steps: 4, text: "budget reached: 10 gradient passes" },
  ]);
});

it("pauses after so many seconds of computing, or so many steps without a change", () => {
  const seconds = playing();
  seconds.actions.setBudget({ kind: "seconds", amount: 0.01 });
  seconds.steps(4, 4);
  expect(seconds.of("pause")).toHaveLength(0);
  seconds.steps(1, 1);
  expect(seconds.of("pause")).toHaveLength(1);
  const settled = playing();
  settled.actions.setBudget({ kind: "settled", amount: 7 });
  settled.steps(6, 6);
  expect(settled.of("pause")).toHaveLength(0);
  settled.steps(1, 1);
  expect(settled.of("pause")).toHaveLength(1);
});
