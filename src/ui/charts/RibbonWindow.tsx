/** @file What is said of a brushed stretch of time: how often edges changed their mind in it. */
import type { AlphaGroup } from "../../protocol/spec.ts";
import { spokenNode } from "../viz/cell-names.ts";
import type { StepWindow } from "../viz/flips.ts";
import css from "./DecisionRibbon.module.css";

interface RibbonWindowProps {
  readonly window: StepWindow;
  /** "flips in window: 9". */
  readonly text: string;
  /** Each edge's part. */
  readonly rows: readonly {
    readonly group: AlphaGroup;
    readonly from: number;
    readonly to: number;
    readonly flips: number;
  }[];
  readonly onClear: () => void;
}

export const RibbonWindow = ({ window, text, rows, onClear }: RibbonWindowProps) => (
  <span className={css["counted"]}>
    <output title="After how many of these steps another operation leads an edge, over all edges">
      <b>{text}</b>, steps {window.from}–{window.to}
    </output>
    <ul className="visually-hidden" aria-label="Flips in window by edge">
      {rows.map(({ group, from, to, flips }) => (
        <li key={`${from} ${to}`}>
          {spokenNode(group, from)} to {spokenNode(group, to)}: {flips}
        </li>
      ))}
    </ul>
    <button
      type="button"
      aria-label="Clear the window"
      title="Clear the window (Esc)"
      onClick={onClear}
    >
      ×
    </button>
  </span>
);
