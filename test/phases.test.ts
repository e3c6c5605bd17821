/** @file Every method tells what a step consists of, and what it says moves is what moves. */
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../src/engine/backend/index.ts";
import { registry } from "../src/engine/index.ts";
import { whyNoArrows } from "../src/ui/viz/pulls.ts";
import { compatible, make, specOf } from "./support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

describe.each(registry.methods.map((method) => [method.id, method] as const))(
  "%s",
  (id, method) => {
    const defaults = Object.fromEntries(
      Object.entries(method.hyper).map(([name, field]) => [name, field.default]),
    );
    const most = Object.fromEntries(
      Object.entries(method.hyper).map(([name, field]) => [name, field.max]),
    );
    it.each([
      ["by default", defaults],
      ["with everything on", most],
    ])("tells its phases %s", (_, hyper) => {
      const phases = method.phases(hyper);
      expect(phases.length).toBeGreaterThan(0);
      expect(new Set(phases.map((p) => p.id)).size).toBe(phases.length);
      const speaks = phases.find(({ moves }) => moves === "alpha") ?? phases.at(-1);
      for (const phase of phases) {
        const { label, text, terms, noTerms } = phase;
        // Either what pulls α, or why nothing is told: once, where one looks for it.
        expect([terms, noTerms].filter(Boolean).length).toBe(Number(phase === speaks));
        const why = (kind: "choice" | "gate") => whyNoArrows(phases, phase, { kind });
        expect(why("choice")).toBe(noTerms);
        expect(why("gate")).toEqual(
          terms ? expect.stringContaining("a number by itself") : noTerms,
        );
        expect(noTerms ?? "None.").toMatch(/\.$/);
        expect((noTerms ?? "").length).toBeLessThanOrEqual(100);
        expect(label.length).toBeLessThanOrEqual(8);
        expect(text).toMatch(/\.$/);
        expect(text.length).toBeLessThanOrEqual(120);
      }
    });
    it("moves alpha exactly if it says so", async () => {
      const [, space = ""] = compatible.find(([m, , task]) => m === id && task === "blobs") ?? [];
      const spec = specOf(id, space, "blobs");
      const hyper = "warmup" in defaults ? { warmup: 0 } : {};
      using run = await make({ ...spec, steps: 30, hyper });
      const before = (await run.step(0)).alpha;
      const after = (await run.step(30)).alpha;
      const said = run.phases.some(({ moves }) => moves === "alpha");
      expect(JSON.stringify(after) !== JSON.stringify(before)).toBe(said);
    });
  },
);
