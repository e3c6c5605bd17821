/** @file What a burst of steps brings back from the device: losses, named values, and α after each step. */
import { dispose, type Scalar, stack, type Tensor } from "@tensorflow/tfjs-core";
import type { StepRecord } from "../../protocol/messages.ts";
import type { Params } from "../core/params.ts";
import type { AlphaValues, StepReport } from "../problem.ts";

/** What an explained step leaves on the device to be read. */
export interface Pulls {
  /** Per term, by how much it moved α. */
  readonly terms: readonly Params[];
  readonly ran?: Readonly<Record<string, Params>>;
}

/** What one step leaves on the device to be read. */
export interface Report extends Omit<StepReport, "explain"> {
  readonly values: Readonly<Record<string, Scalar>>;
  /** A second hold on α, so that it can be read after the state has moved on. */
  readonly alpha: Params;
  /** Only of a step that explains itself. */
  readonly pulls?: Pulls;
}

/** The losses and named values of `reports`, the first of which is step `first`; read back at once. Frees the reports. */
export async function readRecords(
  first: number,
  reports: readonly Report[],
): Promise<StepRecord[]> {
  if (reports.length === 0) return [];
  const names = Object.keys((reports[0] as Report).values);
  const scalars = reports.flatMap((r) => [r.trainLoss, r.valLoss, ...Object.values(r.values)]);
  const table = stack(scalars);
  dispose(scalars);
  const numbers = await read(table).finally(() => table.dispose());
  return reports.map((_, i) => {
    const [trainLoss, valLoss, ...values] = numbers.subarray(i * (2 + names.length));
    return {
      step: first + i,
      trainLoss: trainLoss as number,
      valLoss: valLoss as number,
      ...(names.length > 0 && {
        values: Object.fromEntries(names.map((name, v) => [name, values[v] as number])),
      }),
    };
  });
}

/** Each tensor's numbers. */
export async function readParams(params: Params): Promise<AlphaValues> {
  const entries = Object.entries(params).map(async ([name, t]) => [name, await read(t)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** α after each of several steps, read back at once. Frees them. */
export async function readTrace(alphas: readonly Params[]): Promise<AlphaValues[]> {
  const [first] = alphas;
  if (!first) return [];
  const columns = await Promise.all(
    Object.keys(first).map(async (name) => {
      const steps = alphas.map((alpha) => alpha[name] as Tensor);
      const table = stack(steps);
      dispose(steps);
      return [name, await read(table).finally(() => table.dispose())] as const;
    }),
  );
  return alphas.map((_, i) =>
    Object.fromEntries(
      columns.map(([name, all]) => {
        const width = all.length / alphas.length;
        return [name, all.slice(i * width, (i + 1) * width)];
      }),
    ),
  );
}

/** Per group of `like`, the rows one after the other. */
export const joinRows = (like: AlphaValues, rows: readonly AlphaValues[]): AlphaValues =>
  Object.fromEntries(
    Object.entries(like).map(([name, { length }]) => {
      const joined = new Float32Array(length * rows.length);
      for (const [i, row] of rows.entries()) joined.set(row[name] as Float32Array, i * length);
      return [name, joined];
    }),
  );

const read = async (t: Tensor) => Float32Array.from((await t.data()) as Float32Array);
