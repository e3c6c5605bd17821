/** @file A width search's picture: all layers' channel scores at once, and pruning below. */
import { useState } from "react";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { WidthBars } from "../charts/WidthBars.tsx";
import { useLive } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import type { RunView } from "../state/store.ts";
import { PrunePanel } from "./PrunePanel.tsx";
import { useRun } from "./use-lanes.ts";
import styles from "./WidthStage.module.css";

interface Props {
  readonly lane: Lane;
  readonly groups: readonly AlphaGroup[];
}

export function WidthStage({ lane, groups }: Props) {
  const alpha = useLive(lane.runId, selectAlpha);
  const own = useRun(lane, quantileOf) ?? 0;
  const [wished, setWished] = useState<number>();
  const quantile = wished ?? own;
  const label = `Lane ${lane.letter}, channel scores`;
  return (
    <div className={styles["stage"]}>
      <WidthBars label={label} groups={groups} alpha={alpha} quantile={quantile} />
      <PrunePanel key={lane.method} lane={lane} quantile={quantile} onQuantile={setWished} />
    </div>
  );
}

const selectAlpha = (run: RunView | undefined) => run?.latest?.alpha;
/** A given genotype's α is 0 where it has no channel, whatever the share to prune. */
const quantileOf = ({ spec }: RunView): number =>
  spec?.genotype === undefined ? (spec?.spaceHyper["prune"] ?? 0) : Number.MIN_VALUE;
