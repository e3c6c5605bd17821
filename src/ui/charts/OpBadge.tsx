/** @file An op's two letters on its colour, and the key that spells all of them out. */
import { opName, shortOpName } from "../viz/cell-names.ts";
import { type OpStyle, opColor, opInk } from "../viz/color.ts";
import css from "./OpBadge.module.css";

/** Decoration: wherever it stands, the op's name stands too. */
export function OpBadge({ style }: { style: OpStyle }) {
  return (
    <span
      className={css["badge"]}
      style={{ background: opColor(style), color: opInk(style) }}
      aria-hidden="true"
    >
      {style.badge}
    </span>
  );
}

/** Badge and name of every op, in order, and what stands for several where not all are told apart. */
export function OpKey({ styles, hasRest }: { styles: readonly OpStyle[]; hasRest: boolean }) {
  return (
    <ul className={css["key"]} aria-label="Operations">
      {styles.map((style) => (
        <li key={style.op} title={opName(style.op)}>
          <OpBadge style={style} />
          {shortOpName(style.op)}
        </li>
      ))}
      {hasRest && (
        <li>
          <span className={css["rest"]} aria-hidden="true" />
          the rest
        </li>
      )}
    </ul>
  );
}
