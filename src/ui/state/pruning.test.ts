/** @file A lane that trains what is left of another one once it is pruned. */
import { expect, it } from "vitest";
import { created, readyPage, readyToTrain, testBurst } from "../../../test/support/fake-engine.ts";
import { pruningOf } from "./pruning.ts";

/** A page with one searching lane at step 3. */
function page() {
  const engine = readyPage(readyToTrain);
  engine.actions.choosePreset("tiny");
  const made = engine.of("create").at(-1);
  if (!made) throw new Error("no run was made");
  engine.emit(created(made.runId, made.spec));
  engine.emit({ kind: "steps", runId: made.runId, burst: testBurst(0, 3) });
  const lane = (id: string) => engine.view.getState().lanes.find((l) => l.id === id);
  return { ...engine, ...pruningOf(engine), made, lane };
}
const by = { criterion: "alpha", quantile: 0.4 } as const;

it("asks for a pruned run in a lane of its own, and says where it comes from", () => {
  const p = page();
  p.pruneLane("A", by, 25);
  const [asked] = p.of("prune");
  expect(asked).toMatchObject({ from: p.made.runId, by, steps: 25 });
  const origin = { kind: "pruned", of: { letter: "A", method: "darts", steps: 3 }, steps: 3 };
  expect(p.lane("B")).toMatchObject({ method: "fixed", runId: asked?.runId, origin });
  expect(p.view.getState().selected).toBe("B");
});
it("learns from the engine what it trains, and trains the same from scratch after a Reset", () => {
  const p = page();
  p.pruneLane("A", by, 25);
  const [asked] = p.of("prune");
  if (!asked) throw new Error("nothing was asked for");
  expect(p.lane("B")?.genotype).toBeUndefined();
  const spec = { ...p.made.spec, method: "fixed", genotype: "3:5", pruned: true as const };
  p.emit(created(asked.runId, spec));
  expect(p.lane("B")?.genotype).toBe("3:5");
  p.actions.reset();
  const again = p.of("create").at(-1)?.spec;
  expect(again).toMatchObject({ method: "fixed", genotype: "3:5" });
  expect(again).not.toHaveProperty("pruned");
  expect(p.lane("B")?.origin).toBeUndefined();
});
it("asks for nothing without a run or without room", () => {
  const p = page();
  p.pruneLane("H", by, 25);
  for (let i = 0; i < 10; i++) p.actions.addLane();
  p.pruneLane("A", by, 25);
  expect(p.of("prune")).toEqual([]);
});
