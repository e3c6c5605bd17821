/** @file In an edge's card: its part in the discretisation gap, measured when the card stays open, and its seeds. */
import { useEffect } from "react";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { formatCount } from "../parts/format.ts";
import { useActions, useEngine, useLive, useSampled, useView } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import { ofProblem } from "../state/seeds.ts";
import { agreedOn } from "../state/view.ts";
import { at } from "../viz/at.ts";
import { opName } from "../viz/cell-names.ts";
import { edgePartIn, seedChoices } from "../viz/edge-facts.ts";
import styles from "./EdgeFacts.module.css";
import { PullFacts } from "./PullFacts.tsx";
import { ReplaySeeds } from "./ReplaySeeds.tsx";
import { selectRun } from "./use-lanes.ts";

interface EdgeFactsProps {
  readonly lane: Lane;
  readonly group: AlphaGroup;
  readonly edge: number;
}

/** A card that is open for so long is looked at. */
const holdMs = 500;
/** While a run goes on, a look this many steps old is new enough. */
const freshSteps = 25;

export function EdgeFacts({ lane, group, edge }: EdgeFactsProps) {
  return (
    <div className={styles["facts"]}>
      <PullFacts lane={lane} group={group} edge={edge} />
      <PartInGap lane={lane} group={group} edge={edge} />
      <SeedsOf lane={lane} group={group} edge={edge} />
    </div>
  );
}

function PartInGap({ lane, group, edge }: EdgeFactsProps) {
  const { lookNow } = useActions();
  const run = useSampled(useLive(lane.runId, selectRun));
  const isNow = useView((view) => view.scrub === undefined);
  const space = run?.spec?.space;
  const canLook = useEngine(
    ({ catalog }) =>
      !!catalog?.probes.find(({ id }) => id === "edges")?.spaces.includes(space ?? ""),
  );
  const steps = run?.records.length ?? 0;
  const part = run && edgePartIn(run.probed, steps, group.name, edge);
  const isPlaying = run?.status === "playing";
  const isAlive = isPlaying || run?.status === "paused" || run?.status === "finished";
  const isFresh = part !== undefined && steps - part.step < (isPlaying ? freshSteps : 1);
  const shallLook = canLook && isAlive && isNow && !isFresh;
  const { runId } = lane;
  useEffect(() => {
    if (!shallLook) return;
    const timer = setTimeout(() => lookNow(runId, "edges"), holdMs);
    return () => clearTimeout(timer);
  }, [shallLook, lookNow, runId]);
  if (!canLook || !run || (!part && !shallLook)) return null;
  return (
    <p aria-live="polite" className="numbers">
      Cut alone:{" "}
      {part ? (
        <>
          <b>{signed(part.cost)}</b> loss
          {part.share !== undefined && `, ${Math.round(100 * part.share)} % of gap`}{" "}
          {signed(part.gap)} at step {formatCount(part.step)}
        </>
      ) : (
        "measuring…"
      )}
    </p>
  );
}
const signed = (value: number) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;

/** What each seed of the lane's study chose on this edge. */
function SeedsOf({ lane, group, edge }: EdgeFactsProps) {
  const study = useView((view) => {
    const own = ofProblem(view.study, view);
    return agreedOn(view, lane.id) ?? (own?.lane === lane.id ? own : undefined);
  });
  const cells = (study?.results ?? []).flatMap(({ seed, genotype }) => {
    const edges = genotype?.groups[group.name];
    return edges ? [{ seed, edges }] : [];
  });
  if (cells.length === 0) return null;
  return (
    <dl className={`${styles["seeds"]} numbers`} aria-label="What each seed chose here">
      {seedChoices(cells, at(group.edges, edge)).map(({ op, seeds }) => (
        <div key={op ?? ""}>
          <dt>{op === undefined ? "dropped" : opName(op)}</dt>
          <dd>
            {seeds.length === 1 ? "seed" : "seeds"}{" "}
            {study?.recording ? (
              <ReplaySeeds of={study.recording} seeds={seeds} />
            ) : (
              seeds.join(", ")
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
