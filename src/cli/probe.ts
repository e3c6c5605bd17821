/** @file Probes of a run as lines of text or JSON. */
import type { Run } from "../engine/index.ts";

/** What these probes find now. Their passes are told and their times are not: the same seed prints the same lines. */
export async function probeLines(
  run: Pick<Run, "probe">,
  probes: readonly string[],
  json: boolean,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const id of probes) {
    const { probe, step, values, passes } = await run.probe(id);
    const shown = Object.entries(values).map(([name, value]) => `${name} ${shortened(value)}`);
    lines.push(
      json
        ? JSON.stringify({ probe, step, values, passes })
        : `probe ${probe} after ${step} steps (${passes} passes): ${shown.join(", ")}`,
    );
  }
  return lines;
}

const shortened = (value: number): string => String(Number(value.toPrecision(5)));
