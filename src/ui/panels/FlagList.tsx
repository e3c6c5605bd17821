/** @file Where published rules would have stopped a lane, why, and the genotype that they would have kept. */
import { useActions } from "../state/app.ts";
import type { Flag } from "../viz/health.ts";
import styles from "./HealthPanel.module.css";

export function FlagList({ flags }: { readonly flags: readonly Flag[] }) {
  const { scrubTo } = useActions();
  if (flags.length === 0) return null;
  return (
    <ul className={styles["flags"]}>
      {flags.map(({ rule, steps, keeps, genotype, why, isEnd }) => (
        <li key={rule}>
          <details>
            <summary>
              ⚑ {rule} {isEnd ? "stopped the run" : "would have stopped"} at step {steps}
            </summary>
            <p>{why}</p>
            {genotype && <code className={styles["ghost"]}>{genotype.text}</code>}
          </details>
          <button
            type="button"
            className="button button-icon"
            aria-label={`Show step ${keeps}, which ${rule} keeps`}
            onClick={() => scrubTo(keeps)}
          >
            Show
          </button>
        </li>
      ))}
    </ul>
  );
}
