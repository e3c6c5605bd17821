/** @file The whole run as a slider: any moment of it, with a tick for each change of a genotype. */
import { formatCount } from "../parts/format.ts";
import { useActions, useSampled, useTimeline } from "../state/app.ts";
import styles from "./Scrubber.module.css";

export function Scrubber() {
  const { scrubTo } = useActions();
  const { moment, present, flips, forks, flags } = useSampled(useTimeline());
  const share = (steps: number) => `${present > 0 ? (100 * steps) / present : 0}%`;
  return (
    <div className={styles["scrubber"]}>
      <svg className={styles["marks"]} aria-hidden="true">
        {flips.map((steps) => (
          <rect key={steps} x={share(steps)} width="1.5" y="0" height="6" />
        ))}
        {flags.map((steps) => (
          <text key={`flag ${steps}`} x={share(steps)} y="7">
            ⚑
          </text>
        ))}
        {forks.map((steps) => (
          <circle key={steps} cx={share(steps)} cy="4" r="3.5" />
        ))}
      </svg>
      <input
        type="range"
        className={styles["range"]}
        aria-label="Step on show"
        aria-valuetext={
          moment < present ? `step ${moment} of ${present}` : `the present, step ${present}`
        }
        min={0}
        max={Math.max(1, present)}
        step={1}
        disabled={present === 0}
        value={moment}
        onChange={({ target }) => scrubTo(Number(target.value))}
      />
      <span className={`${styles["readout"]} numbers`}>
        {moment < present ? `${formatCount(moment)} of ` : ""}
        {formatCount(present)}
      </span>
    </div>
  );
}
