/** @file The lines of the tree of branches: one a row, knots where branches leave, saved moments, and the moment on show. */
import type { Branch } from "../viz/branches.ts";
import styles from "./BranchTree.module.css";

interface Props {
  readonly rows: readonly Branch[];
  /** The lane on show. */
  readonly selected: string;
  /** On show, in steps. */
  readonly moment: number;
}

/** For the eye: the rows' names say the same. */
export function BranchLines({ rows, selected, moment }: Props) {
  const end = Math.max(1, ...rows.map(({ to }) => to));
  const x = (steps: number) => `${(100 * steps) / end}%`;
  const y = (row: number) => `${(100 * (row + 0.5)) / rows.length}%`;
  const head = rows.findIndex(({ lane }) => lane === selected);
  const on = rows[head];
  return (
    <svg className={styles["lines"]} aria-hidden="true">
      <svg viewBox={`0 0 ${end} ${2 * rows.length}`} preserveAspectRatio="none" aria-hidden="true">
        {rows.map((row, i) => (
          <g key={row.key} data-path={row.isPath}>
            <path className={styles["line"]} d={pathOf(row, i)} />
            {row.ghost !== undefined && row.ghost < row.to && (
              <path
                className={styles["ghost"]}
                d={`M${row.ghost},${2 * i + 1}H${row.to}`}
                data-testid={`ghost ${row.letter}`}
              />
            )}
          </g>
        ))}
      </svg>
      {rows.map((row, i) => (
        <g key={row.key}>
          {row.parent !== undefined && <circle cx={x(row.from)} cy={y(row.parent)} r="4" />}
          {row.saved !== undefined && (
            <svg x={x(row.saved)} y={y(i)} className={styles["saved"]} aria-hidden="true">
              <rect x="-3" y="-3" width="6" height="6" />
            </svg>
          )}
        </g>
      ))}
      {on && (
        <circle
          className={styles["head"]}
          cx={x(Math.min(on.to, on.zero + moment))}
          cy={y(head)}
          r="6"
        />
      )}
    </svg>
  );
}

/** Down from the parent's row and along its own, up to where it is a ghost. */
function pathOf({ from, to, ghost, parent }: Branch, row: number): string {
  const start =
    parent === undefined ? `M${from},${2 * row + 1}` : `M${from},${2 * parent + 1}V${2 * row + 1}`;
  return `${start}H${Math.max(from, Math.min(ghost ?? to, to))}`;
}
