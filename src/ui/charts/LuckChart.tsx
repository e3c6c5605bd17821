/** @file Accuracies of random cells as a histogram, with a pin for each lane's cell. */
import { useSize } from "../hooks/useSize.ts";
import { histogramOf } from "../viz/luck.ts";
import styles from "./LuckChart.module.css";

/** One lane's cell on the axis. */
export interface Pin {
  readonly letter: string;
  /** Share of right answers. */
  readonly accuracy: number;
}
interface LuckChartProps {
  /** Shares of right answers. */
  readonly random: readonly number[];
  readonly pins: readonly Pin[];
}

const height = 74;
/** Room above the bars for pins, below for the axis, and on both sides for numbers. */
const [above, below, aside] = [20, 18, 20];
const percent = (share: number) => `${(100 * share).toFixed(0)} %`;

/** Nothing while there is no accuracy at all. */
export function LuckChart({ random, pins }: LuckChartProps) {
  const [box, { width }] = useSize<HTMLDivElement>();
  const inner = Math.max(0, width - 2 * aside);
  const accuracies = pins.map(({ accuracy }) => accuracy);
  const histogram = histogramOf(random, accuracies, inner);
  const said = `Histogram of ${random.length} random cells by accuracy${pins.map(({ letter, accuracy }) => `; cell of lane ${letter} at ${(100 * accuracy).toFixed(1)} %`).join("")}`;
  return (
    <div ref={box} className={styles["box"]}>
      {histogram && inner > 0 && (
        <svg width={width} height={above + height + below} role="img" aria-label={said}>
          <g transform={`translate(${aside} ${above})`}>
            {histogram.bars.map(({ x0, x1, count }) => {
              const tall = (count / histogram.most) * height;
              const [left, right] = [histogram.x(x0), histogram.x(x1)];
              return (
                <rect
                  key={x0}
                  className={styles["bar"]}
                  x={left + 1}
                  y={height - tall}
                  width={Math.max(1, right - left - 2)}
                  height={tall}
                />
              );
            })}
            <path className={styles["axis"]} d={`M0,${height}H${inner}`} />
            {histogram.x.ticks(5).map((tick) => (
              <text key={tick} className={styles["tick"]} x={histogram.x(tick)} y={height + 14}>
                {percent(tick)}
              </text>
            ))}
            {pins.map(({ letter, accuracy }) => (
              <g key={letter} transform={`translate(${histogram.x(accuracy)} 0)`}>
                <path className={styles["pin"]} d={`M0,-4V${height}`} />
                <rect className={styles["flag"]} x={-8} y={-above} width={16} height={16} rx={3} />
                <text className={styles["letter"]} y={-above + 12}>
                  {letter}
                </text>
              </g>
            ))}
          </g>
        </svg>
      )}
    </div>
  );
}
