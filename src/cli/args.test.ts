/** @file The command line: what is typed arrives in the spec, what cannot be is named with its value and what is allowed. */
import { describe, expect, it } from "vitest";
import { catalog, registry } from "../engine/index.ts";
import { parseSearch } from "./args.ts";

const parse = (text: string) => parseSearch(text.split(" "), catalog(registry), ["wasm", "cpu"]);

describe("what is asked for", () => {
  it("is DARTS on the smallest network, on whatever backend works first", () => {
    const { spec, wanted } = parse("--json");
    expect(spec).toMatchObject({ method: "darts", space: "darts-conv", task: "cifar10", seed: 1 });
    expect(wanted).toEqual(["wasm", "cpu"]);
  });
  it("reaches the part of the spec that has a setting of that name", () => {
    const { spec, wanted } = parse("--set xi=0.5 --set alpha.lr=0.01 --set cells=4 --backend cpu");
    expect(spec.hyper["xi"]).toBe(0.5);
    expect(spec.alphaOptimizer["lr"]).toBe(0.01);
    expect(spec.spaceHyper["cells"]).toBe(4);
    expect(wanted).toEqual(["cpu"]);
  });
});

describe("what cannot be", () => {
  it.each([
    ["--steps -3", "--steps -3: a whole number from 1 to 10000000"],
    ["--seed 1.5", "--seed 1.5: a whole number from 0 to 4294967295"],
    ["--threads 0", "--threads 0: a whole number from 1 to 32"],
    ["--set xi=-1", "--set xi=-1: a number from 0 to 1"],
    ["--set xi=", "--set xi=: a number from 0 to 1"],
    ["--set luck=7", "--set luck: there are xi, "],
    ["--method luck", "--method luck: there are darts, rarts"],
    ["--preset luck", "--preset luck: there are toy, tiny"],
    ["--format luck", "--format luck: there are darts, nested"],
    ["--backend luck", "--backend luck: there are wasm, cpu"],
    ["--probe-every 9", "--probe-every needs --probe"],
    ["--json -3", "Option '--json' does not take an argument"],
    ["--luck", "Unknown option '--luck'"],
  ])("%s", (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });
});
