/** @file A lane's decisions over time, under its cell. */
import { useMemo } from "react";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { DecisionRibbon, type RibbonPast } from "../charts/DecisionRibbon.tsx";
import type { RibbonFlag } from "../charts/RibbonFlags.tsx";
import { useActions, useEngine, useMoment, usePresent, useView } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import { ruleNames } from "../state/stop-wish.ts";
import type { RunView } from "../state/store.ts";
import { flagsOf } from "../viz/health.ts";
import { groupName } from "./describe.ts";
import styles from "./Ribbon.module.css";
import { useRun } from "./use-lanes.ts";

interface Props {
  readonly lane: Lane;
  readonly group: AlphaGroup;
}

/** For cells of edges that choose; a gate has no leader. */
export function Ribbon({ lane, group }: Props) {
  const { scrubTo, preview, brush } = useActions();
  const window = useView((view) => view.brush);
  const past = usePresent(lane.runId, pastOf);
  const moment = useMoment();
  const flags = useFlags(lane);
  if (group.kind !== "choice") return null;
  return (
    <div
      className={styles["ribbon"]}
      style={{ ["--edges" as string]: group.edges.length }}
      data-edges={group.edges.length}
      data-flags={flags.length > 0}
    >
      <DecisionRibbon
        label={`Decisions of lane ${lane.letter}, ${groupName(group).toLowerCase()}: moment`}
        group={group}
        past={past}
        moment={moment}
        flags={flags}
        window={window}
        onTravel={scrubTo}
        onPreview={preview}
        onBrush={brush}
      />
    </div>
  );
}

/** What rules have said of the lane; the same list until one says more. */
function useFlags(lane: Lane): readonly RibbonFlag[] {
  const catalog = useEngine((engine) => engine.catalog);
  const thresholds = useView((view) => view.thresholds);
  const changes = useRun(lane, (run) => run.changes);
  const probed = useRun(lane, (run) => run.probed);
  const planted = useRun(lane, (run) => run.flags);
  const spec = useRun(lane, (run) => run.spec);
  return useMemo(() => {
    if (!changes || !probed || !planted) return [];
    const told = { changes, probed, flags: planted, spec };
    return flagsOf(told, thresholds, ruleNames(catalog)).map(({ rule, steps, why, isEnd }) => ({
      steps,
      title: `${rule} ${isEnd ? "stopped the run" : "would have stopped"} at step ${steps}.`,
      why,
    }));
  }, [changes, probed, planted, spec, thresholds, catalog]);
}

const nothing: RibbonPast = { trace: undefined, changes: [], present: 0 };
/** One past per run, so that the same run is the same object. */
const pasts = new WeakMap<RunView, RibbonPast>();
function pastOf(run: RunView | undefined): RibbonPast {
  if (!run) return nothing;
  const known = pasts.get(run);
  const { trace, changes, records } = run;
  const past = known ?? { trace, changes, present: records.length };
  if (!known) pasts.set(run, past);
  return past;
}
