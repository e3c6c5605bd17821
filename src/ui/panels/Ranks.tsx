/** @file Which decisions of several seeds are stable: dots an edge, or, as a table, every seed's rank in numbers. */
import { useMemo } from "react";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { NodeName } from "../charts/NodeName.tsx";
import { OpBadge } from "../charts/OpBadge.tsx";
import { RankDots } from "../charts/RankDots.tsx";
import { useActions, useView } from "../state/app.ts";
import type { Study } from "../state/seeds.ts";
import { at } from "../viz/at.ts";
import { nodeName, opName } from "../viz/cell-names.ts";
import { opStyles } from "../viz/color.ts";
import { type EdgeRanks, ranksOf } from "../viz/ranks.ts";
import styles from "./Ranks.module.css";

export function Ranks({ study }: { readonly study: Study }) {
  const { setTable } = useActions();
  const isTable = useView((view) => view.isTable);
  const shown = useView((view) => view.cell);
  const group = study.groups[shown] ?? study.groups[0];
  const ranked = useMemo(() => {
    const seeds = study.results.filter(({ alpha }) => group && alpha[group.name]);
    const alphas = seeds.flatMap(({ alpha }) => alpha[group?.name ?? ""] ?? []);
    return group && { seeds: seeds.map(({ seed }) => seed), edges: ranksOf(group, alphas) };
  }, [study.results, group]);
  if (!group || !ranked || group.kind !== "choice" || ranked.seeds.length < 2) return null;
  return (
    <section className={styles["ranks"]} aria-label="Ranks over seeds">
      <h3 className={styles["title"]}>
        Ranks over {ranked.seeds.length} seeds, 1 for the largest α
        <button
          type="button"
          className="button button-icon button-toggle"
          aria-pressed={isTable}
          title="As numbers, here and on the stage (T)"
          onClick={() => setTable(!isTable)}
        >
          Table
        </button>
      </h3>
      {isTable ? (
        ranked.edges.map((ranks) => (
          <RankTable key={ranks.edge} group={group} ranks={ranks} seeds={ranked.seeds} />
        ))
      ) : (
        <>
          <p className="soft">
            Dots are as large as seeds are many. A row with one large dot is a decision that seeds
            share.
          </p>
          <div className={styles["grid"]}>
            {ranked.edges.map((ranks) => (
              <RankDots key={ranks.edge} group={group} ranks={ranks} seeds={ranked.seeds} />
            ))}
          </div>
        </>
      )}
    </section>
  );
}

interface RankTableProps {
  readonly group: AlphaGroup;
  readonly ranks: EdgeRanks;
  readonly seeds: readonly number[];
}

function RankTable({ group, ranks, seeds }: RankTableProps) {
  const { from, to } = at(group.edges, ranks.edge);
  return (
    <table className={`${styles["table"]} numbers`}>
      <caption>
        Ranks on edge <NodeName name={nodeName(group, from)} />→
        <NodeName name={nodeName(group, to)} />
        {ranks.concordance !== undefined && `, W ${ranks.concordance.toFixed(2)}`}
      </caption>
      <thead>
        <tr>
          <th scope="col">seed</th>
          {seeds.map((seed) => (
            <th key={seed} scope="col">
              {seed}
            </th>
          ))}
          <th scope="col">mean</th>
        </tr>
      </thead>
      <tbody>
        {opStyles(group.ops).map((style, k) => (
          <tr key={style.op}>
            <th scope="row">
              <OpBadge style={style} /> {opName(style.op)}
            </th>
            {seeds.map((seed, i) => (
              <td key={seed}>{at(at(ranks.ranks, k), i)}</td>
            ))}
            <td>{at(ranks.means, k).toFixed(1)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
