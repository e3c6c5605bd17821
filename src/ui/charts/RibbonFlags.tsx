/** @file Flags over the ribbon: where rules have spoken, and what they said. */
import css from "./RibbonFlags.module.css";

/** A flag at its step, with what it says. */
export interface RibbonFlag {
  readonly steps: number;
  /** "DARTS+ would have stopped at step 120." */
  readonly title: string;
  readonly why: string;
}
interface RibbonFlagsProps {
  readonly flags: readonly RibbonFlag[];
  /** Steps at the right edge. */
  readonly end: number;
  readonly onTravel: (steps: number) => void;
}

/** Over the plot and not in it, which is one control by itself. */
export const RibbonFlags = ({ flags, end, onTravel }: RibbonFlagsProps) => (
  <ul className={css["flags"]} aria-label="Flags">
    {flags.map(({ steps, title, why }) => {
      const along = Math.min(1, steps / end);
      return (
        <li
          key={title}
          style={{ left: `${100 * along}%` }}
          data-late={along > 0.5}
          data-end={along > 0.95}
        >
          <button type="button" aria-label={`${title} ${why}`} onClick={() => onTravel(steps)}>
            <i>⚑</i>
          </button>
          <span aria-hidden="true">
            <b>{title}</b> {why}
          </span>
        </li>
      );
    })}
  </ul>
);
