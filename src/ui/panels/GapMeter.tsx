/** @file What stopping now would cost: the mixture's loss, the cut cell's, and the gap between them with its past. */
import { extent } from "d3";
import { plural } from "../parts/format.ts";
import type { Gap } from "../viz/health.ts";
import styles from "./GapMeter.module.css";

interface GapMeterProps {
  readonly letter: string;
  readonly gap: Gap | undefined;
  /** Steps taken by now. */
  readonly steps: number;
  readonly onNow: () => void;
}

export function GapMeter({ letter, gap, steps, onNow }: GapMeterProps) {
  const most = gap ? Math.max(gap.mixture, gap.cut, 1e-9) : 1;
  return (
    <div className={styles["meter"]}>
      <div className={styles["head"]}>
        <b className="letter letter-small">{letter}</b>
        <h3>Stop now?</h3>
        <span className="soft numbers">{gap ? ageOf(steps - gap.step) : "not measured yet"}</span>
        <button
          type="button"
          className="button button-icon"
          aria-label={`Measure the gap of lane ${letter} now`}
          onClick={onNow}
        >
          now
        </button>
      </div>
      {gap && (
        <div className={styles["body"]}>
          <dl className={`${styles["bars"]} numbers`}>
            <Bar name="mixture" value={gap.mixture} share={gap.mixture / most} />
            <Bar name="cut" value={gap.cut} share={gap.cut / most} />
          </dl>
          <p
            className={`${styles["gap"]} numbers`}
            title={`Choosing operations ${signed(gap.fromOperations)}, dropping edges ${signed(gap.fromEdges)}; ${gap.passes} passes on the same batches`}
          >
            gap <b>{signed(gap.gap)}</b>
            <Sparkline values={gap.series} />
          </p>
        </div>
      )}
    </div>
  );
}

const signed = (value: number) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
const ageOf = (steps: number) => (steps <= 0 ? "of this step" : `${plural(steps, "step")} ago`);

interface BarProps {
  readonly name: string;
  readonly value: number;
  /** Of the longest bar. */
  readonly share: number;
}

const Bar = ({ name, value, share }: BarProps) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <span className={styles["bar"]} style={{ width: `${(50 * share).toFixed(1)}%` }} />
      {value.toFixed(3)}
    </dd>
  </div>
);

const [width, height] = [80, 20];

function Sparkline({ values }: { readonly values: readonly number[] }) {
  const [low = 0, high = 1] = extent(values);
  const x = (i: number) => (values.length > 1 ? (i / (values.length - 1)) * width : width);
  const y = (v: number) => height - 2 - ((v - low) / (high - low || 1)) * (height - 4);
  return (
    <svg className={styles["spark"]} width={width} height={height} aria-hidden="true">
      <polyline points={values.map((v, i) => `${x(i).toFixed(1)},${y(v).toFixed(1)}`).join(" ")} />
    </svg>
  );
}
