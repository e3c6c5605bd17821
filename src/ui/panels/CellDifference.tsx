/** @file Between two large cells: on how many edges they differ, and on which. */
import { useMemo } from "react";
import type { AlphaGroup, GenotypeEdge } from "../../protocol/spec.ts";
import { NodeName } from "../charts/NodeName.tsx";
import { useSampled } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import { at } from "../viz/at.ts";
import { nodeName, opName } from "../viz/cell-names.ts";
import { changesBetween } from "../viz/derived.ts";
import styles from "./CellDifference.module.css";
import { useGroupLives } from "./use-group.ts";

interface CellDifferenceProps {
  readonly first: Lane;
  readonly second: Lane;
  readonly group: AlphaGroup;
}
const nothing: readonly GenotypeEdge[] = [];

export function CellDifference({ first, second, group }: CellDifferenceProps) {
  const [a, b] = [
    useSampled(useGroupLives(first, group).kept) ?? nothing,
    useSampled(useGroupLives(second, group).kept) ?? nothing,
  ];
  const changes = useMemo(() => changesBetween(group, a, b), [group, a, b]);
  const say = (op: string | undefined) => (op === undefined ? "dropped" : opName(op));
  return (
    <details className={styles["box"]}>
      <summary className="numbers">
        Edges that differ: {changes.length} / {group.edges.length}
      </summary>
      <ul className={styles["list"]}>
        {changes.map(({ edge, before, after }) => {
          const { from, to } = at(group.edges, edge);
          return (
            <li key={edge}>
              <NodeName name={nodeName(group, from)} />→<NodeName name={nodeName(group, to)} />:{" "}
              {first.letter} {say(before)}, {second.letter} {say(after)}
            </li>
          );
        })}
        {changes.length === 0 && <li>Both cells are the same.</li>}
      </ul>
    </details>
  );
}
