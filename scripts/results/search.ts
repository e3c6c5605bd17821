/** @file One `npm run search` as a child, and what its lines say. */
import { spawn } from "node:child_process";
import { performance } from "node:perf_hooks";
import type { Genotype } from "../../src/protocol/spec.ts";

/** On a half or on the test examples. */
export interface Judgement {
  readonly loss: number;
  /** Share of right answers, 0 … 1. */
  readonly accuracy: number;
  readonly examples: number;
}
export interface Outcome {
  readonly genotype: Pick<Genotype, "groups" | "text">;
  /** By what it was judged on: "val", "test". */
  readonly judged: Readonly<Record<string, Judgement>>;
  /** The task is a text: its losses are nats a character. */
  readonly isText: boolean;
  readonly seconds: number;
}
/** The last line of what went wrong. */
export interface Refusal {
  readonly refused: string;
}

export const isOutcome = (x: Outcome | Refusal): x is Outcome => "judged" in x;

/** Runs the search with these arguments and `--json`; what it says on standard error is passed over unless it fails. */
export async function search(args: readonly string[]): Promise<Outcome | Refusal> {
  const startMs = performance.now();
  const command = ["--import", "tsx", "src/cli/main.ts", ...args, "--json"];
  const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "pipe"] });
  let [out, complaints] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  if (code !== 0) return { refused: complaints.trim().split("\n").at(-1) ?? `exit ${code}` };
  return { ...readLines(out), seconds: (performance.now() - startMs) / 1000 };
}

/** Throws `SyntaxError` for a line that is no JSON, `Error` for output without a genotype. */
export function readLines(out: string): Omit<Outcome, "seconds"> {
  const judged: Record<string, Judgement> = {};
  let genotype: Outcome["genotype"] | undefined;
  let isText = false;
  for (const line of out.split("\n").filter((text) => text !== "")) {
    const said = JSON.parse(line) as {
      evaluation?: Judgement & { readonly on: string };
      samples?: unknown;
      genotype?: Genotype["groups"];
      text?: string;
    };
    if (said.evaluation) judged[said.evaluation.on] = said.evaluation;
    if (said.samples) isText = true;
    if (said.genotype) genotype = { groups: said.genotype, text: said.text ?? "" };
  }
  if (!genotype) throw new Error(`the search printed no genotype in ${out.length} characters`);
  return { genotype, judged, isText };
}
