/** @file The whole run as a slider: any moment of it, with a tick for each change of a genotype. */
import { useMemo } from "react";
import { formatCount } from "../parts/format.ts";
import { useActions, useSampled, useTimeline, useView } from "../state/app.ts";
import styles from "./Scrubber.module.css";

export function Scrubber() {
  const { scrubTo } = useActions();
  const { present, flips, forks, flags } = useSampled(useTimeline());
  // What a hand moves is there at once.
  const moment = Math.min(useView(({ scrub }) => scrub) ?? present, present);
  const share = (steps: number) => `${present > 0 ? (100 * steps) / present : 0}%`;
  // One path in steps, stretched as a whole: as the run grows, no tick is touched.
  const ticks = useMemo(() => flips.map((steps) => `M${steps},0V6`).join(""), [flips]);
  return (
    <div className={styles["scrubber"]}>
      <svg className={styles["marks"]} aria-hidden="true">
        <svg
          viewBox={`0 0 ${Math.max(1, present)} 8`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <path className={styles["ticks"]} d={ticks} />
        </svg>
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
