/** @file One lane's view of one cell: as ropes, with α and its history beneath, or as a table of numbers. */
import { useMemo } from "react";
import { scoresChannels } from "../../genotype/widths.ts";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { AlphaStrip } from "../charts/AlphaStrip.tsx";
import { AlphaTable } from "../charts/AlphaTable.tsx";
import { CellGraph } from "../charts/CellGraph.tsx";
import { CellThumb } from "../charts/CellThumb.tsx";
import { useIsLow } from "../hooks/useMedia.ts";
import { useActions, useLive, useMode, useViewInTurn } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import type { RunView } from "../state/store.ts";
import type { ViewState } from "../state/view.ts";
import { groupName } from "./describe.ts";
import { EdgeFacts } from "./EdgeFacts.tsx";
import { Ribbon } from "./Ribbon.tsx";
import styles from "./StagePanel.module.css";
import { useGhost, useGroupLives, useHands } from "./use-group.ts";
import { useInside } from "./use-inside.ts";
import { WidthStage } from "./WidthStage.tsx";

const selectSteps = (run: RunView | undefined) => run?.records.length ?? 0;

const isXrayIn = ({ isXray }: ViewState) => isXray;
const isTableIn = ({ isTable }: ViewState) => isTable;

interface GroupViewProps {
  readonly lane: Lane;
  readonly groups: readonly AlphaGroup[];
  readonly shown: number;
  /** Only lanes that share the stage draw fewer strands. */
  readonly isAlone: boolean;
}

export function GroupView({ lane, groups, shown, isAlone }: GroupViewProps) {
  const group = groups[shown] as AlphaGroup;
  const { alpha, kept } = useGroupLives(lane, group);
  const steps = useLive(lane.runId, selectSteps);
  const hands = useHands(lane, group);
  const ghost = useGhost(lane, group);
  const inside = useInside(lane, group);
  const isXray = useViewInTurn(isXrayIn);
  const isTable = useViewInTurn(isTableIn);
  const isLow = useIsLow(group.edges.length);
  const isInClass = useMode((mode) => mode.isPresenting);
  const factsOf = (edge: number) => <EdgeFacts lane={lane} group={group} edge={edge} />;
  const name = `Lane ${lane.letter}, ${groupName(group).toLowerCase()}`;
  const next = (shown + 1) % groups.length;
  const other = groups[next];
  if (isTable)
    return (
      <div className={styles["table"]}>
        <AlphaTable label={name} group={group} alpha={alpha} kept={kept} hands={hands} />
      </div>
    );
  if (scoresChannels(group))
    return (
      <div className={styles["table"]}>
        <WidthStage lane={lane} groups={groups} />
      </div>
    );
  return (
    <>
      <div className={styles["cell"]}>
        <CellGraph
          label={name}
          group={group}
          alpha={alpha}
          kept={kept}
          steps={steps}
          hands={hands}
          ghost={ghost}
          inside={inside}
          isXray={isXray}
          factsOf={factsOf}
          detail={isAlone ? "all" : "three"}
          hasKey={isAlone}
          isInClass={isInClass}
          aside={other && next !== shown && <OtherCell lane={lane} group={other} index={next} />}
        />
      </div>
      <div
        className={styles["below"]}
        style={{
          ["--edges" as string]: group.edges.length,
          ["--ops" as string]: group.ops.length,
        }}
        data-edges={group.edges.length}
        data-low={isLow}
      >
        <div className={styles["strip"]}>
          <AlphaStrip
            label={`${name}: α of every edge and operation`}
            group={group}
            alpha={alpha}
          />
        </div>
        <div className={styles["past"]}>
          <Ribbon lane={lane} group={group} />
        </div>
      </div>
    </>
  );
}

interface OtherCellProps {
  readonly lane: Lane;
  readonly group: AlphaGroup;
  readonly index: number;
}

function OtherCell({ lane, group, index }: OtherCellProps) {
  const { showCell } = useActions();
  const { alpha, kept } = useGroupLives(lane, group);
  const onClick = useMemo(() => () => showCell(index), [showCell, index]);
  return (
    <CellThumb label={groupName(group)} group={group} alpha={alpha} kept={kept} onClick={onClick} />
  );
}
