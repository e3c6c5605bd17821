/** @file The benchmark's command line. */
import { parseArgs } from "../scripts/lib/args.mjs";
import {
  type EngineName,
  engineNames,
  type HostName,
  hostNames,
  type PresetName,
  presetNames,
  type StepName,
  stepNames,
} from "./engine.ts";

/** What to measure and how to print it. */
export interface Options {
  readonly preset: PresetName;
  readonly engines: readonly EngineName[];
  /** True if engines were named rather than taken by default. */
  readonly named: boolean;
  readonly hosts: readonly HostName[];
  readonly steps: readonly StepName[];
  /** Timed steps of each kind; undefined takes the preset's. */
  readonly runs: number | undefined;
  readonly json: boolean;
}
export const usage = `Measures search steps: npm run bench [-- options]
  --preset ${presetNames.join("|")}      the network (tiny)
  --against torch               PyTorch takes part
  --json                        prints one line of JSON instead of tables
  --runs N                      timed steps of each kind (tiny 30, small 20, paper 5)
  --engines A,B                 only these of ${engineNames.join(", ")}
  --hosts A,B                   only in these of ${hostNames.join(", ")}
  --steps A,B                   only these of ${stepNames.join(", ")}`;

const listed = (names: readonly string[]) => ({
  value: new RegExp(`^(?:${names.join("|")})(?:,(?:${names.join("|")}))*$`),
  allowed: `one or more of ${names.join(", ")}, with commas between`,
});

/** Reads the arguments; a reason names the wrong one and what is allowed. */
export function parseOptions(
  args: readonly string[],
):
  | { readonly ok: true; readonly options: Options }
  | { readonly ok: false; readonly reason: string } {
  const parsed = parseArgs(args, {
    preset: {
      value: new RegExp(`^(?:${presetNames.join("|")})$`),
      allowed: presetNames.join(", "),
    },
    against: { value: /^torch$/, allowed: "torch" },
    json: {},
    runs: { value: /^[1-9]\d{0,3}$/, allowed: "a whole number in 1 … 9999" },
    engines: listed(engineNames),
    hosts: listed(hostNames),
    steps: listed(stepNames),
  });
  if (!parsed.ok) return parsed;
  const { values } = parsed;
  const list = <T extends string>(name: string, otherwise: readonly T[]): readonly T[] =>
    typeof values[name] === "string" ? (values[name].split(",") as T[]) : otherwise;
  const engines = list("engines", ["wasm", "webgpu", "reference"] as EngineName[]);
  return {
    ok: true,
    options: {
      preset: (values["preset"] ?? "tiny") as PresetName,
      engines: values["against"] && !engines.includes("torch") ? [...engines, "torch"] : engines,
      named: values["engines"] !== undefined,
      hosts: list("hosts", hostNames),
      steps: list("steps", stepNames),
      runs: values["runs"] === undefined ? undefined : Number(values["runs"]),
      json: values["json"] === true,
    },
  };
}
