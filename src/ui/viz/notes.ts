/** @file Lecture notes: what was compared, what came of it, and every event, as Markdown. */
import type { Line } from "./narrator.ts";

/** What the notes say of one lane. */
export interface LaneNotes {
  readonly letter: string;
  readonly method: string;
  readonly steps: number;
  /** By what the notes measure; undefined before the first step. */
  readonly score: number | undefined;
  /** Forward and backward passes, counted; undefined where they were not. */
  readonly gradients: number | undefined;
  readonly genotype: string;
  /** Cells as SVG, by their names. */
  readonly pictures: readonly { readonly name: string; readonly svg: string }[];
}

/** `measure` says what scores are, as a column's head. Pictures are inside the text, so that the notes are one file. */
export function lectureNotes(
  title: string,
  measure: string,
  lanes: readonly LaneNotes[],
  lines: readonly Line[],
): string {
  const table = [
    `| lane | method | steps | ${measure} | gradient passes |`,
    "| --- | --- | ---: | ---: | ---: |",
    ...lanes.map(
      ({ letter, method, steps, score, gradients }) =>
        `| ${letter} | ${method} | ${steps} | ${score?.toFixed(4) ?? "–"} | ${gradients?.toFixed(0) ?? "–"} |`,
    ),
  ];
  const cells = lanes.flatMap(({ letter, method, genotype, pictures }) => [
    `## Lane ${letter}: ${method}`,
    "",
    ...pictures.flatMap(({ name, svg }) => [
      `![${name}](data:image/svg+xml;utf8,${encodeURIComponent(svg).replace(/[()]/g, escaped)})`,
      "",
    ]),
    "```text",
    genotype,
    "```",
    "",
  ]);
  const events = lines.map(({ letter, steps, text }) => `- **${letter}**, step ${steps}: ${text}`);
  return [`# ${title}`, "", ...table, "", ...cells, "## What happened", "", ...events, ""].join(
    "\n",
  );
}

/** A parenthesis would end the picture's address. */
const escaped = (c: string) => (c === "(" ? "%28" : "%29");
