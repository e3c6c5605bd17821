/** @file One edge's candidates by rank, a dot where seeds put them: one column of large dots is a stable decision. */
import { useMemo } from "react";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { at } from "../viz/at.ts";
import { nodeName, opName, spokenNode } from "../viz/cell-names.ts";
import { opColor, opStyles } from "../viz/color.ts";
import { dotsOf, type EdgeRanks } from "../viz/ranks.ts";
import { NodeName } from "./NodeName.tsx";
import css from "./RankDots.module.css";

interface RankDotsProps {
  readonly group: AlphaGroup;
  readonly ranks: EdgeRanks;
  /** Named in the tips of the dots. */
  readonly seeds: readonly number[];
}

/** In px: a rank's column, a candidate's row, and room for badges and numbers. */
const [wide, high, left, below] = [15, 15, 24, 14];
const largest = 6.5;

export function RankDots({ group, ranks, seeds }: RankDotsProps) {
  const styles = useMemo(() => opStyles(group.ops), [group]);
  const dots = useMemo(() => dotsOf(ranks), [ranks]);
  const { from, to } = at(group.edges, ranks.edge);
  const n = group.ops.length;
  const [width, height] = [left + n * wide, n * high + below];
  const name = `${spokenNode(group, from)} to ${spokenNode(group, to)}`;
  return (
    <figure className={css["edge"]}>
      <figcaption>
        <b>
          <NodeName name={nodeName(group, from)} />→<NodeName name={nodeName(group, to)} />
        </b>{" "}
        {ranks.concordance !== undefined && (
          <span
            className="soft numbers"
            title="Kendall's W: 1 where all seeds rank alike, near 0 where they have nothing in common"
          >
            W {ranks.concordance.toFixed(2)}
          </span>
        )}
      </figcaption>
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={`Ranks on edge ${name}: ${firstsIn(group, ranks)}`}
      >
        {styles.map(({ op, badge }, k) => (
          <g key={op} transform={`translate(0 ${k * high})`}>
            <line className={css["row"]} x1={left} x2={width} y1={high / 2} y2={high / 2} />
            <text className={css["badge"]} x={0} y={high / 2 + 4}>
              {badge}
              <title>{opName(op)}</title>
            </text>
          </g>
        ))}
        {dots.map(({ op, rank, of }) => (
          <circle
            key={`${op} ${rank}`}
            cx={left + (rank - 0.5) * wide}
            cy={(op + 0.5) * high}
            r={largest * Math.sqrt(of.length / seeds.length)}
            fill={opColor(at(styles, op))}
          >
            <title>
              {`${opName(at(group.ops, op))}, rank ${rank}: ${of.length === 1 ? "seed" : "seeds"} ${of.map((i) => at(seeds, i)).join(", ")}`}
            </title>
          </circle>
        ))}
        {[1, n].map((rank) => (
          <text key={rank} className={css["tick"]} x={left + (rank - 0.5) * wide} y={height - 2}>
            {rank}
          </text>
        ))}
      </svg>
    </figure>
  );
}

/** Who is first, and how often. */
function firstsIn(group: AlphaGroup, { ranks }: EdgeRanks): string {
  const firsts = group.ops.flatMap((op, k) => {
    const count = at(ranks, k).filter((rank) => rank === 1).length;
    return count > 0 ? [{ op, count }] : [];
  });
  if (firsts.length === 0) return "no operation is first alone";
  const all = at(ranks, 0).length;
  return firsts
    .sort((a, b) => b.count - a.count)
    .map(({ op, count }) => `${opName(op)} first in ${count} of ${all}`)
    .join(", ");
}
