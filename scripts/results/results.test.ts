/** @file The table of recorded runs claims what its ranges bear. */
import { describe, expect, it } from "vitest";
import { methodOf, parseResults } from "./args.ts";
import { allSkip, sentences, spread } from "./compare.ts";
import { report } from "./report.ts";
import { type Outcome, readLines } from "./search.ts";

describe("sentences", () => {
  const [a, b, c] = [
    { name: "a", values: [30, 31, 32] },
    { name: "b", values: [31.5, 33, 34] },
    { name: "c", values: [20, 21, 22] },
  ];
  it("claim only what every seed bears", () => {
    expect(sentences([a, b, c], false)).toEqual([
      "Every seed of a is better than every seed of c.",
      "Every seed of b is better than every seed of c.",
      "Ranges overlap, so that nothing is claimed, between a and b.",
    ]);
  });
  it("turn round where lower is better", () => {
    expect(sentences([a, c], true)[0]).toBe("Every seed of c is better than every seed of a.");
  });
  it("claim nothing from one seed", () => {
    expect(sentences([a, { name: "d", values: [99] }], false).join()).toMatch(/rank nothing/);
  });
});
it("a spread is mean and range", () => {
  expect(spread([1, 2, 6], 1)).toBe("3.0 (1.0 – 6.0)");
  expect(spread([2], 2)).toBe("2.00");
  expect(spread([], 2)).toBe("–");
});
it("the cell of skips has as many edges into every node, from the first predecessors", () => {
  const edge = (from: number, to: number) => ({ from, to, op: "sep_conv_3x3" });
  const skip = (from: number, to: number) => ({ from, to, op: "skip_connect" });
  const groups = { normal: [edge(1, 2), edge(0, 2), edge(2, 3), edge(1, 3)] };
  expect(allSkip(groups)).toEqual({ normal: [skip(0, 2), skip(1, 2), skip(0, 3), skip(1, 3)] });
  const recurrent = { recurrent: [{ from: 0, to: 1, op: "relu" }] };
  expect(allSkip(recurrent)["recurrent"]?.[0]?.op).toBe("identity");
});

const outcome = (accuracy: number): Outcome => ({
  genotype: { groups: {}, text: "|skip_connect~0|" },
  judged: { test: { loss: 1, accuracy, examples: 1984 } },
  isText: false,
  seconds: 12.3,
});
it("the page has a row a method, a row a run, and refusals in words", () => {
  const heading = { title: "T", command: "npm run results", machine: "m", search: [], train: [] };
  const page = report(heading, [
    { name: "x", seed: "1", search: outcome(0), trained: outcome(0.3), untrained: outcome(0.1) },
    { name: "x", seed: "2", search: outcome(0), trained: outcome(0.4), untrained: outcome(0.1) },
    { name: "y", seed: "1", trained: { refused: "a|b" }, untrained: { refused: "a|b" } },
  ]);
  expect(page).toContain("| x | 35.00 (30.00 – 40.00) | 10.00 (10.00 – 10.00) | 12 (12 – 12) |");
  expect(page).toContain("refused: a\\|b");
  expect(page).toContain("Every seed of x is better than every seed of the untrained networks.");
  expect(page).toContain("`\\|skip_connect~0\\|`");
  expect(page).toContain("1984 test\nimages");
});
it("reads the lines of a search", () => {
  const lines = [
    '{"step":0,"trainLoss":2,"valLoss":2}',
    '{"evaluation":{"on":"test","loss":1.5,"accuracy":0.25,"examples":8}}',
    '{"steps":1,"genotype":{"cell":[]},"text":"x"}',
  ];
  const read = readLines(`${lines.join("\n")}\n`);
  expect(read.judged["test"]?.accuracy).toBe(0.25);
  expect(read.genotype).toEqual({ groups: { cell: [] }, text: "x" });
  expect(() => readLines(lines[0] as string)).toThrow(/no genotype/);
});
it("the command line gives sizes to both, the rest to one", () => {
  const argv = "--methods a,b --steps 5 --train-steps 9 --set cells=2 --search-set alpha.lr=1";
  const { search, train, seeds, methods } = parseResults(argv.split(" "));
  expect(search.join(" ")).toBe("--preset tiny --steps 5 --set cells=2 --set alpha.lr=1");
  expect(train.join(" ")).toBe("--preset tiny --steps 9 --set cells=2");
  expect([methods, seeds]).toEqual([
    ["a", "b"],
    ["1", "2", "3"],
  ]);
  expect(() => parseResults([])).toThrow(/--methods/);
  expect(methodOf("darts:tied=1").join(" ")).toBe("--method darts --set tied=1");
});
