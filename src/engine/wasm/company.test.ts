/** @file Which way passes are taken. */
import { describe, expect, it } from "vitest";
import { Company } from "./company.ts";

/** Takes passes of two kinds in turn, that last so long; which of them went alone. */
function take(company: Company, passes: number, together: number, alone: number): boolean[] {
  return Array.from({ length: passes }, (_, i) => {
    const wanted = i % 2 ? "mixture" : "weights";
    const { isAlone } = company;
    company.took((isAlone ? alone : together) * (i % 2 ? 0.5 : 1), wanted);
    return isAlone;
  });
}
const share = (ways: readonly boolean[]): number => ways.filter(Boolean).length / ways.length;

describe("passes", () => {
  it("go the faster way but for trials", () => {
    const alone = share(take(new Company(2), 3100, 3, 5));
    expect(alone).toBeGreaterThan(0.03);
    expect(alone).toBeLessThan(0.035);
    expect(share(take(new Company(2), 3100, 8, 5))).toBeGreaterThan(0.95);
  });

  it("go alone where company gains little", () => {
    expect(share(take(new Company(2), 3100, 4.8, 5))).toBeGreaterThan(0.95);
  });

  it("change with the machine's load, and back", () => {
    const company = new Company(2);
    take(company, 300, 3, 5);
    expect(share(take(company, 1000, 9, 5).slice(-100))).toBeGreaterThan(0.9);
    expect(share(take(company, 1000, 3, 5).slice(-100))).toBeLessThan(0.1);
  });

  it("do not change for one long wait", () => {
    const company = new Company(2);
    take(company, 300, 3, 5);
    take(company, 1, 100, 100);
    expect(share(take(company, 100, 3, 5))).toBeLessThan(0.1);
  });

  it("forget how slow the first were", () => {
    const company = new Company(2);
    for (let i = 0; i < 10; i++) take(company, 1, 100 / (i + 1), 100 / (i + 1));
    expect(share(take(company, 500, 3, 5))).toBeLessThan(0.05);
  });

  it("are all the leader's where there is one thread", () => {
    expect(share(take(new Company(1), 100, 1, 9))).toBe(1);
  });
});
