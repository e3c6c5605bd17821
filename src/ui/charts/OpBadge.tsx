/** @file An op's two letters on its colour, and the key that spells all of them out. */
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

/** Badge and full name of every op, in order. */
export function OpKey({ styles }: { styles: readonly OpStyle[] }) {
  return (
    <ul className={css["key"]} aria-label="Operations">
      {styles.map((style) => (
        <li key={style.op}>
          <OpBadge style={style} />
          {style.op}
        </li>
      ))}
    </ul>
  );
}
