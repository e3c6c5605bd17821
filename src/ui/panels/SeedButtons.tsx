/** @file A row of seeds to press. */
import styles from "./SeedsPanel.module.css";

interface SeedButtonsProps {
  /** What pressing does, before the seed's number: "Search again with seed". */
  readonly title: string;
  readonly seeds: readonly number[];
  /** On show now. */
  readonly pressed?: number | undefined;
  readonly onPress: (seed: number) => void;
}

export function SeedButtons({ title, seeds, pressed, onPress }: SeedButtonsProps) {
  return (
    <p className={styles["plan"]}>
      {title}
      {seeds.map((seed) => (
        <button
          key={seed}
          type="button"
          className="button button-icon button-toggle"
          aria-label={`${title} ${seed}`}
          {...(pressed !== undefined && { "aria-pressed": seed === pressed })}
          onClick={() => onPress(seed)}
        >
          {seed}
        </button>
      ))}
    </p>
  );
}
