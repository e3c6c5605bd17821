/** @file A width search's picture: all layers' channel scores at once. */
import type { AlphaGroup } from "../../protocol/spec.ts";
import { WidthBars } from "../charts/WidthBars.tsx";
import { useLive } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import type { RunView } from "../state/store.ts";
import { useRun } from "./use-lanes.ts";

interface Props {
  readonly lane: Lane;
  readonly groups: readonly AlphaGroup[];
}

export function WidthStage({ lane, groups }: Props) {
  const alpha = useLive(lane.runId, selectAlpha);
  const quantile = useRun(lane, quantileOf) ?? 0;
  const label = `Lane ${lane.letter}, channel scores`;
  return <WidthBars label={label} groups={groups} alpha={alpha} quantile={quantile} />;
}

const selectAlpha = (run: RunView | undefined) => run?.latest?.alpha;
/** A given genotype's α is 0 where it has no channel, whatever the share to prune. */
const quantileOf = ({ spec }: RunView): number =>
  spec?.genotype === undefined ? (spec?.spaceHyper["prune"] ?? 0) : Number.MIN_VALUE;
