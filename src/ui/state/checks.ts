/** @file What something from outside is: small questions about values of any kind. */
import type { RunSpec } from "../../protocol/spec.ts";

export const isRecord = (x: unknown): x is Readonly<Record<string, unknown>> =>
  x !== null && typeof x === "object" && !Array.isArray(x);
export const isArray = (x: unknown): x is readonly unknown[] => Array.isArray(x);
/** Neither empty nor endless. */
export const isText = (x: unknown): x is string =>
  typeof x === "string" && x.length > 0 && x.length <= 2000;
/** A whole number that can be counted to. */
export const isCount = (x: unknown): x is number =>
  typeof x === "number" && Number.isInteger(x) && x >= 0 && x <= 10_000_000;

/** The list, if every element is of the kind. */
export const listOf = <T>(x: unknown, is: (e: unknown) => e is T): readonly T[] | undefined =>
  isArray(x) && x.every(is) ? x : undefined;

const isNumber = (x: unknown) => typeof x === "number" && Number.isFinite(x);
const isHyper = (x: unknown) => isRecord(x) && Object.values(x).every(isNumber);
const isOptimizer = (x: unknown) => {
  if (!isRecord(x)) return false;
  const { kind, ...numbers } = x;
  return (kind === "sgd" || kind === "adam") && isHyper(numbers);
};
const isForce = (x: unknown) =>
  isRecord(x) &&
  isText(x["group"]) &&
  isCount(x["edge"]) &&
  isCount(x["op"]) &&
  isNumber(x["value"]);

const isStop = (x: unknown) =>
  isRecord(x) && typeof x["ends"] === "boolean" && listOf(x["rules"], isText) !== undefined;

/** The shape of a spec; whether its names and numbers make sense is for the engine to say. */
export function isSpec(x: unknown): x is RunSpec {
  if (!isRecord(x)) return false;
  const { forces, genotype, stop, pruned } = x;
  return (
    ["method", "space", "task", "backend"].every((name) => isText(x[name])) &&
    ["seed", "steps", "batchSize"].every((name) => isCount(x[name]) || name === "seed") &&
    isNumber(x["seed"]) &&
    isOptimizer(x["weightOptimizer"]) &&
    isOptimizer(x["alphaOptimizer"]) &&
    ["hyper", "spaceHyper", "taskHyper"].every((name) => isHyper(x[name])) &&
    (forces === undefined || (isArray(forces) && forces.every(isForce))) &&
    (genotype === undefined || typeof genotype === "string") &&
    (stop === undefined || isStop(stop)) &&
    (pruned === undefined || pruned === true)
  );
}
