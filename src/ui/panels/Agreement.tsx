/** @file What seeds agree on: a number with its interval, and each edge as a bar of shares. */
import { useMemo } from "react";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { NodeName } from "../charts/NodeName.tsx";
import { usePlayground, useView } from "../state/app.ts";
import { isSameCell, type Study, seedsOf } from "../state/seeds.ts";
import { at } from "../viz/at.ts";
import { nodeName, opName } from "../viz/cell-names.ts";
import { opColor, opStyles } from "../viz/color.ts";
import { type Consensus, consensusOf, type Interval } from "../viz/consensus.ts";
import styles from "./SeedsPanel.module.css";
import { useLanes, useRun } from "./use-lanes.ts";

interface AgreementProps {
  readonly study: Study;
  /** Which of the page's two it is. */
  readonly which: "study" | "recorded";
}

export function Agreement({ study, which }: AgreementProps) {
  const { setConsensus } = seedsOf(usePlayground());
  const isConsensus = useView((view) => view.consensus === which);
  const lane = useLanes().find(({ id }) => id === study.lane);
  const isOfLane = useRun(lane, ({ groups }) => isSameCell(groups, study.groups)) ?? false;
  const shown = useView((view) => view.cell);
  const group = study.groups[shown] ?? study.groups[0];
  const consensus = useMemo(() => {
    const cells = study.results.flatMap(({ genotype }) =>
      genotype && group ? [genotype.groups[group.name] ?? []] : [],
    );
    return group && cells.length > 0 ? consensusOf(group, cells) : undefined;
  }, [study.results, group]);
  if (!group || !consensus || group.kind !== "choice") return null;
  const seeds = study.results.filter(({ genotype }) => genotype).length;
  return (
    <section
      className={styles["agreement"]}
      aria-label={which === "study" ? "Agreement of seeds" : "Agreement of recorded seeds"}
    >
      <p className="numbers" title="Mean over edges; Wilson's 95 % interval, a trial a seed">
        agreement <b className={styles["large"]}>{percent(consensus.agreement)}</b>{" "}
        {between(consensus.interval)}{" "}
        <button
          type="button"
          className="button button-icon"
          aria-pressed={isConsensus}
          aria-disabled={!isOfLane}
          title={
            isOfLane
              ? "Strands as wide as seeds are many that chose them"
              : `Lane ${study.letter} searches another cell than these seeds`
          }
          onClick={() => isOfLane && setConsensus(isConsensus ? undefined : which)}
        >
          {isConsensus ? `Cell of lane ${study.letter}` : "Consensus on the cell"}
        </button>
      </p>
      <table className={`${styles["edges"]} numbers`}>
        <caption className="visually-hidden">What most seeds decide on each edge</caption>
        <tbody>
          {group.edges.map((edge, e) => (
            <EdgeRow
              key={`${edge.from} ${edge.to}`}
              group={group}
              edge={e}
              consensus={consensus}
              seeds={seeds}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const percent = (share: number) => `${Math.round(100 * share)} %`;
const between = ([low, high]: Interval) => `(${Math.round(100 * low)}–${Math.round(100 * high)} %)`;

interface EdgeRowProps {
  readonly group: AlphaGroup;
  readonly edge: number;
  readonly consensus: Consensus;
  readonly seeds: number;
}

function EdgeRow({ group, edge, consensus, seeds }: EdgeRowProps) {
  const { from, to } = at(group.edges, edge);
  const { op, votes, interval } = at(consensus.edges, edge);
  return (
    <tr>
      <th scope="row">
        <NodeName name={nodeName(group, from)} />→<NodeName name={nodeName(group, to)} />
      </th>
      <td className={styles["shares"]}>
        <span aria-hidden="true">
          {opStyles(group.ops).map((style, k) => (
            <span
              key={style.op}
              title={opName(style.op)}
              style={{
                width: `${100 * at(consensus.shares, edge * group.ops.length + k)}%`,
                background: opColor(style),
              }}
            />
          ))}
        </span>
      </td>
      <td>{op === undefined ? "dropped" : opName(op)}</td>
      <td title={between(interval)}>
        {votes}/{seeds}
      </td>
    </tr>
  );
}
