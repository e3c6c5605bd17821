/** @file A plan on several threads: the same bits, and a clear end where one is lost. */
import { describe, expect, it } from "vitest";
import { darts, evaluate, randomPoint } from "../../../test/support/compiled.ts";
import { compile } from "../compiler/compile.ts";
import { WasmExecutor } from "./executor.ts";
import { type StartThread, startThread } from "./threads.ts";

describe("threads", () => {
  const network = darts(4, 2, 2, 8);
  const point = randomPoint(network, 4);

  it("give the same bits, one, two or four of them", async () => {
    const [one, two, four] = await Promise.all(
      [1, 2, 4].map((threads) => evaluate(network, 4, point, { threads })),
    );
    expect(two).toEqual(one);
    expect(four).toEqual(one);
  });

  it("give the same bits, together or the leader alone", async () => {
    const executor = await WasmExecutor.create(compile(network, 4), { threads: 2 });
    const first = executor.lossAndGrad(point);
    for (let pass = 1; pass < 40; pass++) expect(executor.lossAndGrad(point)).toEqual(first);
    executor.dispose();
  });

  it("take two passes side by side, to the same bits, whatever each is asked", async () => {
    // Small: four threads on fewer processors wait for each other at every stage.
    const network = darts(2, 1, 2, 4);
    const point = randomPoint(network, 4);
    const labels = Int32Array.from(point.labels, (label) => label + 1);
    const other = { ...randomPoint(network, 4, 7), labels, wrt: "mixture" as const };
    const plan = compile(network, 4);
    for (const threads of [1, 2, 3, 4]) {
      const executor = await WasmExecutor.create(plan, { threads });
      const [a, b] = [executor.lossAndGrad(point), executor.lossAndGrad(other)];
      for (let repeat = 0; repeat < 3; repeat++) {
        expect(executor.lossAndGradAtBoth(point, other)).toEqual([a, b]);
        expect(executor.lossAndGradAtBoth(other, point)).toEqual([b, a]);
        expect(executor.lossAndGrad(point)).toEqual(a);
      }
      expect(executor.takesTwo).toBe(threads === 2 || threads === 3);
      executor.dispose();
    }
  });

  it("end in a clear failure when a helper dies, and another executor goes on", async () => {
    const helpers: { stop(): void }[] = [];
    const start: StartThread = async (job, ended) => {
      const thread = await startThread(job, ended);
      helpers.push(thread);
      return thread;
    };
    const plan = compile(network, 4);
    const executor = await WasmExecutor.create(plan, { threads: 2, start, patience: 1000 });
    const whole = executor.lossAndGrad(point);
    await Promise.all(helpers.map(({ stop }) => stop()));
    expect(() => executor.lossAndGrad(point)).toThrow("a thread gave no answer for 1000 ms");
    expect(() => executor.lossAndGrad(point)).toThrow("the executor cannot go on");
    executor.dispose();
    const next = await WasmExecutor.create(plan, { threads: 2 });
    expect(next.lossAndGrad(point)).toEqual(whole);
    next.dispose();
  });

  it("do not start where they cannot", async () => {
    const start: StartThread = () => Promise.reject(new Error("no room"));
    const silent: StartThread = () => new Promise(() => undefined);
    await expect(
      WasmExecutor.create(compile(network, 4), { threads: 2, start: silent, patience: 20 }),
    ).rejects.toThrow("no answer for 20 ms");
    await expect(WasmExecutor.create(compile(network, 4), { threads: 3, start })).rejects.toThrow(
      /did not start: Error: no room/,
    );
  });
});
