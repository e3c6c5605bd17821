/** @file The untouched twin of a lane whose α was touched: its genotype, where it decides otherwise, and the way back. */
import type { AlphaGroup, Genotype, GenotypeEdge } from "../../protocol/spec.ts";
import { NodeName } from "../charts/NodeName.tsx";
import { formatCount, plural } from "../parts/format.ts";
import { useLive, usePlayground, useSampled, useView } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import type { RunView } from "../state/store.ts";
import { twinsOf } from "../state/twins.ts";
import { at } from "../viz/at.ts";
import { nodeName, opName } from "../viz/cell-names.ts";
import { changesBetween } from "../viz/derived.ts";
import { type Recovery, type Release, recoveryOf } from "../viz/recovery.ts";
import styles from "./TwinNote.module.css";
import { selectRun, useTwin } from "./use-lanes.ts";

interface TwinNoteProps {
  readonly lane: Lane;
  /** A genotype in the format on show. */
  readonly print: (genotype: Genotype) => string;
}

/** Nothing on a lane that no hand has touched. */
export function TwinNote({ lane, print }: TwinNoteProps) {
  const { setTwins } = twinsOf(usePlayground());
  const hasTwins = useView((view) => view.hasTwins);
  const twin = useTwin(lane);
  const run = useSampled(useLive(lane.runId, selectRun));
  const other = useSampled(useLive(twin?.runId, selectRun));
  const isTouched = run?.tunings.some(({ patch }) => patch.steer) === true;
  if (!run || (!twin && !isTouched)) return null;
  return (
    <section className={styles["twin"]} aria-label={`Untouched twin of lane ${lane.letter}`}>
      <label>
        <input
          type="checkbox"
          checked={hasTwins}
          onChange={({ target }) => setTwins(target.checked)}
        />{" "}
        <b>Untouched twin</b>
        {twin
          ? `, drawn as thin ropes: the same dice, no hands since step ${formatCount(twin.from)}. It takes as many steps again.`
          : hasTwins && ": from the next hand on"}
      </label>
      {other?.error && <p role="alert">It has stopped: {other.error.message}</p>}
      {other?.latest && (
        <>
          <p className={styles["text"]}>{print(other.latest.genotype)}</p>
          <Otherwise run={run} twin={other} />
          <Return run={run} twin={other} />
        </>
      )}
    </section>
  );
}

interface Pair {
  readonly run: RunView;
  readonly twin: RunView;
}

/** Edges that the two decide differently, of all cells. */
function Otherwise({ run, twin }: Pair) {
  const cell = ({ latest }: RunView, { name }: AlphaGroup): readonly GenotypeEdge[] =>
    latest?.genotype.groups[name] ?? [];
  const changes = run.groups.flatMap((group) =>
    changesBetween(group, cell(twin, group), cell(run, group)).map((change) => ({
      ...change,
      group,
    })),
  );
  if (changes.length === 0) return <p>Both decide the same on every edge.</p>;
  const say = (op: string | undefined) => (op === undefined ? "dropped" : opName(op));
  return (
    <>
      <p>{plural(changes.length, "edge")} decided otherwise:</p>
      <ul>
        {changes.map(({ group, edge, before, after }) => {
          const { from, to } = at(group.edges, edge);
          return (
            <li key={`${group.name} ${edge}`}>
              {run.groups.length > 1 && `${group.name} `}
              <NodeName name={nodeName(group, from)} />→<NodeName name={nodeName(group, to)} />:{" "}
              {say(after)}, twin {say(before)}
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** What became of the last entry that was let go. */
function Return({ run, twin }: Pair) {
  const release = releaseIn(run);
  const recovery = release && run.trace && twin.trace && recoveryOf(run.trace, twin.trace, release);
  if (!release || !recovery) return null;
  const group = run.groups.find(({ name }) => name === release.group);
  const op = group && opName(at(group.ops, release.index % group.ops.length));
  return (
    <p>
      α of {op} was let go at step {formatCount(release.steps)}: {wordsFor(recovery)}
    </p>
  );
}

function wordsFor({ halfLife, since, gap: [then, now] }: Recovery): string {
  const gaps = `gap to the twin ${then.toFixed(3)} then, ${now.toFixed(3)} now`;
  return halfLife === undefined
    ? `not halfway back after ${plural(since, "step")} (${gaps}).`
    : `halfway back to the twin after ${plural(halfLife, "step")} (${gaps}).`;
}

/** The entry that was touched last, if no hand is on it any more. */
function releaseIn({ tunings, groups, spec }: RunView): Release | undefined {
  const last = tunings.findLast(({ patch }) => patch.steer);
  const entry = last?.patch.steer?.at(-1);
  const columns = groups.find(({ name }) => name === entry?.group)?.ops.length;
  if (!last || !entry || columns === undefined) return undefined;
  const { group, edge, op } = entry;
  const isHeld = spec?.forces?.some((f) => f.group === group && f.edge === edge && f.op === op);
  return isHeld ? undefined : { group, index: edge * columns + op, steps: last.steps };
}
