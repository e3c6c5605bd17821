/** @file Racers wait for those behind, and for nobody who has left. */
import { expect, it } from "vitest";
import { Race } from "./race.ts";

/** Takes turns of the given length until stopped; writes down who moved. */
async function drive(
  race: Race,
  racer: { name: string },
  stride: number,
  log: string[],
  turns: number,
) {
  for (let i = 0; i < turns; i++) {
    await race.turn(racer);
    log.push(racer.name);
    race.moved(racer, stride);
    await Promise.resolve();
  }
  race.leave(racer);
}

it("keeps racers within a stride of each other", async () => {
  const race = new Race();
  const [a, b] = [{ name: "a" }, { name: "b" }];
  race.join(a, 0);
  race.join(b, 0);
  const log: string[] = [];
  await Promise.all([drive(race, a, 1, log, 30), drive(race, b, 3, log, 10)]);
  for (let i = 1; i <= log.length; i++) {
    const seen = log.slice(0, i);
    const ahead = seen.filter((x) => x === "a").length - 3 * seen.filter((x) => x === "b").length;
    expect(Math.abs(ahead)).toBeLessThanOrEqual(3);
  }
});

it("lets one go on when those behind leave", async () => {
  const race = new Race();
  const [a, b] = [{}, {}];
  race.join(a, 5);
  race.join(b, 0);
  let isOn = false;
  const waited = race.turn(a).then(() => {
    isOn = true;
  });
  await Promise.resolve();
  expect(isOn).toBe(false);
  race.leave(b);
  await waited;
  expect(isOn).toBe(true);
});
