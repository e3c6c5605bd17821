/** @file α as a table of numbers: sorted by any column, copied as CSV, and still while someone reads it. */
import { useCallback, useMemo, useRef, useState } from "react";
import type { AlphaGroup, GenotypeEdge } from "../../protocol/spec.ts";
import { useFrozen } from "../hooks/useFrozen.ts";
import { CopyButton } from "../parts/CopyButton.tsx";
import {
  alphaCsv,
  alphaRows,
  columnName,
  nextSort,
  type Sort,
  sorted,
} from "../viz/alpha-table.ts";
import { nodeName, opName } from "../viz/cell-names.ts";
import { opStyles } from "../viz/color.ts";
import type { Live } from "../viz/live.ts";
import { mixtureOf } from "../viz/mixture.ts";
import css from "./AlphaTable.module.css";
import type { Hands } from "./hands.ts";
import { NodeName } from "./NodeName.tsx";
import { OpBadge } from "./OpBadge.tsx";

interface AlphaTableProps {
  readonly label: string;
  readonly group: AlphaGroup;
  readonly alpha: Live<Float32Array | undefined>;
  readonly kept: Live<readonly GenotypeEdge[] | undefined>;
  readonly hands: Hands;
}

export function AlphaTable({ label, group, alpha, kept, hands }: AlphaTableProps) {
  const styles = useMemo(() => opStyles(group.ops), [group]);
  const [sort, setSort] = useState<Sort>({ by: "edge", isDescending: false });
  const table = useRef<HTMLDivElement>(null);
  const read = useCallback(() => ({ alpha: alpha.get(), kept: kept.get() }), [alpha, kept]);
  const { value, isFrozen, refresh } = useFrozen(table, [alpha, kept], read);
  const weights = mixtureOf(group, value.alpha);
  const rows = weights ? sorted(alphaRows(group, weights, value.kept), sort) : [];
  const columns: readonly Sort["by"][] = ["edge", ...group.ops.keys()];
  const forced = (edge: number, op: number) =>
    hands.forces.get().find((f) => f.edge === edge && f.op === op)?.kind;
  return (
    <div className={css["frame"]} ref={table}>
      <div className={css["tools"]}>
        <CopyButton label="Copy the table as CSV" text={() => alphaCsv(group, rows)}>
          CSV
        </CopyButton>
        <button type="button" className="button button-icon" onClick={refresh}>
          Refresh
        </button>
        <span className="soft">
          {isFrozen
            ? "Still while the focus is in the table."
            : group.kind === "choice"
              ? "softmax(α), at most twice a second"
              : "α, at most twice a second"}
        </span>
      </div>
      {rows.length === 0 && (
        <p className="soft">No α yet: it appears when the supernet is built.</p>
      )}
      <section
        className={css["scroll"]}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        aria-label={`${label}, scrollable`}
      >
        <table aria-label={`${label}: weights in numbers`}>
          <thead>
            <tr>
              {columns.map((by) => {
                const isBy = sort.by === by;
                const order = sort.isDescending ? "descending" : "ascending";
                const style = by === "edge" ? undefined : styles[by];
                return (
                  <th
                    key={by}
                    scope="col"
                    aria-label={columnName(by, group)}
                    aria-sort={isBy ? order : "none"}
                  >
                    <button
                      type="button"
                      aria-label={`Sort by ${columnName(by, group)}`}
                      title={`Sort by ${columnName(by, group)}`}
                      onClick={() => setSort(nextSort(sort, by))}
                    >
                      {style ? <OpBadge style={style} /> : "edge"}
                      <span aria-hidden="true">{isBy ? (sort.isDescending ? "▼" : "▲") : ""}</span>
                    </button>
                  </th>
                );
              })}
              <th scope="col">kept</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ edge, name, weights, kept }) => (
              <tr key={edge} data-kept={kept !== undefined}>
                <th scope="row" aria-label={name}>
                  <NodeName name={nodeName(group, group.edges[edge]?.from ?? 0)} />→
                  <NodeName name={nodeName(group, group.edges[edge]?.to ?? 0)} />
                </th>
                {styles.map(({ op }, k) => (
                  <td key={op} data-chosen={kept === op} title={opName(op)}>
                    {weights[k]?.toFixed(3)}
                    {forced(edge, k) && <small>{forced(edge, k)}</small>}
                  </td>
                ))}
                <td>{kept === undefined ? "–" : opName(kept)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
