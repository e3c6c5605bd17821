/** @file Genotypes as text: what papers print goes in and comes out again, and nothing else throws but the format's own error. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Genotype } from "../protocol/spec.ts";
import {
  formatsOf,
  GenotypeError,
  genotypeFormats,
  parseGenotype,
  printGenotype,
} from "./formats.ts";

const pairs = (text: string): string =>
  `[${text
    .split(" ")
    .map((pair) => `('${pair.split(":").join("', ")})`)
    .join(", ")}]`;
const cell = (normal: string, reduce: string) =>
  `Genotype(normal=${pairs(normal)}, normal_concat=range(2, 6), reduce=${pairs(reduce)}, reduce_concat=range(2, 6))`;
const recurrent = (text: string) => `Genotype(recurrent=${pairs(text)}, concat=range(1, 9))`;

/** The genotypes of DARTS's code, NAS-Bench-201's reference of DARTS, and a size string of NATS-Bench. */
const published: Readonly<Record<string, string>> = {
  DARTS_V1: cell(
    "sep_conv_3x3:1 sep_conv_3x3:0 skip_connect:0 sep_conv_3x3:1 skip_connect:0 sep_conv_3x3:1 sep_conv_3x3:0 skip_connect:2",
    "max_pool_3x3:0 max_pool_3x3:1 skip_connect:2 max_pool_3x3:0 max_pool_3x3:0 skip_connect:2 skip_connect:2 avg_pool_3x3:0",
  ),
  DARTS_V2: cell(
    "sep_conv_3x3:0 sep_conv_3x3:1 sep_conv_3x3:0 sep_conv_3x3:1 sep_conv_3x3:1 skip_connect:0 skip_connect:0 dil_conv_3x3:2",
    "max_pool_3x3:0 max_pool_3x3:1 skip_connect:2 max_pool_3x3:1 max_pool_3x3:0 skip_connect:2 skip_connect:2 max_pool_3x3:1",
  ),
  "DARTS_V1 recurrent": recurrent("relu:0 relu:1 tanh:2 relu:3 relu:4 identity:1 relu:5 relu:1"),
  "DARTS_V2 recurrent": recurrent(
    "sigmoid:0 relu:1 relu:1 identity:1 tanh:2 sigmoid:5 tanh:3 relu:5",
  ),
  "the all-skip cell":
    "|skip_connect~0|+|skip_connect~0|skip_connect~1|+|skip_connect~0|skip_connect~1|skip_connect~2|",
  "a NATS-Bench size": "8:16:24:32:40",
};

describe("published genotypes", () => {
  it.each(Object.entries(published))("%s comes out as it went in", (_, text) => {
    const genotype = parseGenotype(text);
    expect(genotype.text).toBe(text);
    expect(printGenotype(genotype)).toBe(text);
  });
  it.each(Object.entries(published))("%s survives every format that can hold it", (_, text) => {
    const genotype = parseGenotype(text);
    expect(formatsOf(genotype).length).toBeGreaterThan(1);
    for (const format of formatsOf(genotype))
      expect(parseGenotype(printGenotype(genotype, format))).toEqual(genotype);
  });
  it("means edges by node: DARTS_V2's last normal node reads 0 and 2", () => {
    const { space, groups } = parseGenotype(published["DARTS_V2"] as string);
    expect(space).toBe("darts-conv");
    expect(groups["normal"]?.slice(6)).toEqual([
      { from: 0, to: 5, op: "skip_connect" },
      { from: 2, to: 5, op: "dil_conv_3x3" },
    ]);
    expect(groups["reduce"]).toHaveLength(8);
  });
  it("means one predecessor a step for a recurrent cell, whose first state is node 0", () => {
    const { space, groups } = parseGenotype(published["DARTS_V2 recurrent"] as string);
    expect(space).toBe("recurrent");
    expect(groups["recurrent"]?.[5]).toEqual({ from: 5, to: 6, op: "sigmoid" });
  });
});

describe("spellings", () => {
  const flat =
    "Genotype(normal=[('a', 0), ('b', 1)], normal_concat=range(2, 3), reduce=[('c', 1), ('d', 0)], reduce_concat=range(2, 3))";
  it.each([
    [
      "double quotes, lists for tuples and ranges, and a trailing comma",
      'Genotype(normal=[["a", 0], ["b", 1],], normal_concat=[2], reduce=(("c", 1), ("d", 0)), reduce_concat=(2,),)',
    ],
    ["nested lists", "Genotype(normal=[[('a', 0), ('b', 1)]], reduce=[[('c', 1), ('d', 0)]])"],
    ["a name before it", `DARTS_V9 = ${flat}`],
    ["a name with a hyphen, as logs have", `Best-Genotype=${flat}`],
    ["another name of the call", flat.replace("Genotype", "DARTSGenotype")],
    ["line breaks", flat.replaceAll(", ", ",\n  ")],
  ])("reads %s", (_, text) => {
    expect(parseGenotype(text).text).toBe(flat);
  });
  it("reads our JSON among other keys, as the command line prints a genotype", () => {
    const { space, groups } = parseGenotype(flat);
    const text = JSON.stringify({ version: 1.5, best: true, seeds: [1, -2], space, groups });
    expect(parseGenotype(text).text).toBe(flat);
  });
  it("reads a nested list whose nodes keep one or three edges, and prints it nested", () => {
    const text =
      "Genotype(normal=[[('a', 0)], [('b', 0), ('c', 1), ('d', 2)]], normal_concat=range(2, 4), " +
      "reduce=[[('a', 1)]], reduce_concat=range(2, 3))";
    const genotype = parseGenotype(text);
    expect(genotype.groups["normal"]?.map(({ to }) => to)).toEqual([2, 3, 3, 3]);
    expect(genotype.text).toBe(text);
  });
});

describe("errors", () => {
  const darts = (normal: string, concat = "range(2, 3)") =>
    `Genotype(normal=${normal}, normal_concat=${concat}, reduce=[('a', 0), ('b', 1)])`;
  it.each([
    ["", 1, 1, "Genotype"],
    ["Genotyp(x=1)", 1, 1, "Genotype"],
    ["Genotype(normal=[('a', 0), ('b', 1)])", 1, 1, "reduce="],
    [darts("[('a', 0), ('b', 2)]"), 1, 34, "predecessor of node 2"],
    [darts("[('a', 0), ('b', 1.5)]"), 1, 34, "whole number"],
    [darts("[('a', 0),\n ('b' 1)]"), 2, 7, '","'],
    [darts("[('a', 0), (b, 1)]"), 1, 29, "a list"],
    [darts("[('a', 0)]"), 1, 17, "2 ('operation', predecessor) a node"],
    [darts("[('a', 0), ('b', 1)]", "range(2, 6)"), 1, 53, "range(2, 3)"],
    [darts("[('a', 0), ('b', 1)]", "[3]"), 1, 53, "range(2, 3)"],
    ["Genotype(recurrent=[('a', 1)], concat=range(1, 2))", 1, 27, "predecessor of node 1"],
    ["Genotype(normal=__import__('os'))", 1, 17, "a list"],
    [`Genotype(normal=${"[".repeat(5000)}`, 1, 34, "no more than"],
    ["Genotype(norm=[], reduce=[])", 1, 10, "one of normal"],
    ["Genotype(normal=[('a\\x41', 0)])", 1, 19, "a string in quotes"],
    ["|a~0|+|a~0|", 1, 12, "operation"],
    ["|a~1|", 1, 4, "predecessor"],
    ["|a~0|b", 1, 6, '"+"'],
    ["8:0:8", 1, 3, "channels"],
    ["8:16:", 1, 6, "a list"],
    ['{"space": "x"}', 1, 1, '"groups"'],
    ['{"space": "x", "groups": {"a": [{"from": 2, "to": 2, "op": "b"}]}}', 1, 42, '"from"'],
    ['{"space": "x", "space": "y"}', 1, 16, "every key once"],
    ["$", 1, 1, "a name"],
    ["x".repeat(100_001), 1, 1, "at most 100000 characters"],
  ])("names place and expectation: %.60s", (text, line, column, expected) => {
    let error: unknown;
    try {
      parseGenotype(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(GenotypeError);
    const { message } = error as GenotypeError;
    expect(error).toMatchObject({ line, column, expected: expect.stringContaining(expected) });
    expect(message).toContain(`line ${line}, column ${column}: expected `);
  });
  it("says which formats hold a genotype that this one cannot", () => {
    const genotype = parseGenotype(published["DARTS_V1"] as string);
    expect(() => printGenotype(genotype, "nb201")).toThrow(
      /"darts-conv".*nb201.*darts, nested, json/,
    );
  });
});

/** Texts near real ones: pieces cut out, doubled, swapped or replaced by what the formats are made of. */
const mutated = fc
  .tuple(
    fc.constantFrom(
      ...Object.values(published),
      '{"space": "a", "groups": {"b": [{"from": 0, "to": 1, "op": "c"}]}}',
    ),
    fc.array(
      fc.tuple(
        fc.nat(400),
        fc.nat(20),
        fc.oneof(
          fc.constantFrom("", "(", ")", "[", "]", "{", "}", "'", '"', ",", "=", "|", "~", "+", ":"),
          fc.constantFrom("range(", "-1", "1e9", "99999999999999", "null", "__proto__", "\n", "\\"),
          fc.string({ maxLength: 6 }),
        ),
      ),
      { minLength: 1, maxLength: 6 },
    ),
  )
  .map(([text, edits]) =>
    edits.reduce((t, [at, cut, put]) => t.slice(0, at) + put + t.slice(at + cut), text),
  );

describe("any text", () => {
  it("is a genotype or a GenotypeError within the text, and what was read can be printed and read again", () => {
    let read = 0;
    fc.assert(
      fc.property(fc.oneof(mutated, fc.string(), fc.json()), (text) => {
        let genotype: Genotype;
        try {
          genotype = parseGenotype(text);
        } catch (error) {
          if (!(error instanceof GenotypeError)) throw error;
          expect(error.line).toBeLessThanOrEqual(text.split("\n").length);
          return;
        }
        read++;
        for (const { id, print } of genotypeFormats) {
          if (print(genotype) === undefined) continue;
          const { space, groups } = parseGenotype(printGenotype(genotype, id));
          if (id === "json")
            expect({ space, groups }).toEqual({ space: genotype.space, groups: genotype.groups });
        }
      }),
      { numRuns: 5000 },
    );
    expect(read).toBeGreaterThan(10);
  });
});
