/** @file What happened in a search, a line an event: the log, the lecture notes and the screen reader read the same. */
import { softmaxRows } from "../../genotype/softmax.ts";
import type { Tuned } from "../../protocol/messages.ts";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { at } from "./at.ts";
import { opName, plainEdge } from "./cell-names.ts";
import type { Change } from "./changes.ts";
import { type CellChange, changesBetween } from "./derived.ts";
import { type Flagged, flagsOf, type RuleNames, type Thresholds } from "./health.ts";
import { alphaIn, rowAt, type Trace } from "./trace.ts";
import { tuningLines } from "./tuning-words.ts";

/** One event. */
export interface Line {
  readonly letter: string;
  /** After how many steps. */
  readonly steps: number;
  readonly text: string;
  /** The lane's own state says it as well. */
  readonly isState?: true;
}
/** What is told of one lane's run. */
export interface Story extends Flagged {
  readonly letter: string;
  readonly groups: readonly AlphaGroup[];
  readonly trace: Trace | undefined;
  readonly tunings: readonly Tuned[];
  /** What the page itself saw: a budget reached, an end. */
  readonly seen: readonly Omit<Line, "letter">[];
}

/** So many edges are named in one line; the others are counted. */
const named = 2;

/** All lines of a run, the oldest first. */
export function linesOf(
  story: Story,
  thresholds: Thresholds,
  names: RuleNames = {},
): readonly Line[] {
  const { letter, changes, tunings, seen } = story;
  const flips = changes.flatMap((change, i) => {
    const before = changes[i - 1];
    const text = before && wordsFor(story, before, change);
    return text ? [{ steps: change.steps, text }] : [];
  });
  const flags = flagsOf(story, thresholds, names).map(({ steps, rule, why, isEnd }) => ({
    steps,
    text: `flag: ${rule} ${isEnd ? "stopped" : "would have stopped"} here. ${why}`,
  }));
  const tuned = tuningLines(tunings, story.groups);
  return [...flips, ...flags, ...tuned, ...seen]
    .map((line) => ({ letter, ...line }))
    .sort((a, b) => a.steps - b.steps);
}

const told = new WeakMap<Change, string>();

/** Nothing where no edge chooses otherwise. */
function wordsFor(story: Story, before: Change, after: Change): string {
  const known = told.get(after);
  if (known !== undefined) return known;
  const notes = story.groups.flatMap((group) =>
    group.kind !== "choice"
      ? []
      : changesBetween(
          group,
          before.genotype.groups[group.name] ?? [],
          after.genotype.groups[group.name] ?? [],
        ).map((change) => noteFor(story, group, after.steps, change)),
  );
  const rest = notes.length > named ? `; ${notes.length - named} more` : "";
  const text = notes.slice(0, named).join("; ") + rest;
  told.set(after, text);
  return text;
}

/** "normal, edge 1→3: sep conv 3×3 overtook skip (0.19 vs 0.18)". */
function noteFor(
  { groups, trace }: Story,
  group: AlphaGroup,
  steps: number,
  { edge, before, after }: CellChange,
): string {
  const where = plainEdge(group, at(group.edges, edge), groups.length > 1);
  if (before === undefined) return `${where}: kept, ${opName(after ?? "")}`;
  if (after === undefined) return `${where}: dropped, it had ${opName(before)}`;
  const alpha = trace && alphaIn(trace, group.name, rowAt(trace, steps));
  const shares = alpha && softmaxRows(alpha, group.ops.length);
  const shareOf = (op: string) => shares?.[edge * group.ops.length + group.ops.indexOf(op)] ?? 0;
  const won = toldApart(shareOf(after), shareOf(before)).join(" vs ");
  return `${where}: ${opName(after)} overtook ${opName(before)} (${won})`;
}

/** Both with two digits after the point, or with as many as tell them apart, up to six. */
function toldApart(a: number, b: number): [string, string] {
  const apart = [2, 3, 4, 5].find((digits) => a.toFixed(digits) !== b.toFixed(digits)) ?? 6;
  return [a.toFixed(apart), b.toFixed(apart)];
}

/** Many lines as one sentence for those who listen: the only one in full, else their number and what most are about. */
export function merged(lines: readonly Line[]): string {
  const [first] = lines;
  if (!first) return "";
  if (lines.length === 1) return `Lane ${first.letter}, step ${first.steps}: ${first.text}.`;
  const towards = new Map<string, number>();
  for (const { text } of lines)
    for (const [, kept, won] of text.matchAll(/: (?:kept, ([^;]+)|([^;:]+?) overtook )/g)) {
      const op = kept ?? won;
      if (op) towards.set(op, (towards.get(op) ?? 0) + 1);
    }
  const [most] = [...towards].sort((a, b) => b[1] - a[1]);
  const mostly = most && most[1] > 1 ? `, mostly towards ${most[0]}` : "";
  const letters = [...new Set(lines.map(({ letter }) => letter))].join(", ");
  return `Lane ${letters}: ${lines.length} events${mostly}.`;
}
