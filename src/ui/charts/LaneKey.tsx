/** @file Which lane is which: its letter, its dash, its name. */
import type { ReactNode } from "react";
import { at } from "../viz/at.ts";
import { laneDashes } from "../viz/lane-style.ts";
import css from "./LaneKey.module.css";

interface LaneKeyProps {
  readonly lanes: readonly {
    readonly id: string;
    readonly letter: string;
    readonly label: string;
  }[];
  /** The first lane's line is broad and faint, so that others can run inside it. */
  readonly isFirstBroad?: boolean;
  /** Said of the lane at this index, after its name. */
  readonly note?: (lane: number) => ReactNode;
  /** More items. */
  readonly legend?: ReactNode;
  /** Explains what all lanes have in common. */
  readonly children?: ReactNode;
}

export function LaneKey({ lanes, isFirstBroad = false, note, legend, children }: LaneKeyProps) {
  const dashes = laneDashes(lanes.map((lane) => lane.letter));
  return (
    <ul className={css["key"]}>
      {lanes.map((lane, i) => (
        <li key={lane.id}>
          <span className={css["letter"]}>{lane.letter}</span>
          <svg width="34" height="8" aria-hidden="true" data-broad={isFirstBroad && i === 0}>
            <line x1="1" x2="33" y1="4" y2="4" strokeDasharray={at(dashes, i).join(" ")} />
          </svg>
          <span>
            {lane.label}
            {note && <span className={css["note"]}> {note(i)}</span>}
          </span>
        </li>
      ))}
      {children && <li className={css["note"]}>{children}</li>}
      {legend}
    </ul>
  );
}
