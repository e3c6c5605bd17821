/** @file The settings in which lanes differ, and one click that takes the differences away. */
import type { Preset } from "../../protocol/spec.ts";
import { formatNumber } from "../parts/format.ts";
import { useActions, useEngine } from "../state/app.ts";
import { differencesOf } from "../state/differences.ts";
import styles from "./Differences.module.css";
import { useLanes } from "./use-lanes.ts";

/** For several lanes; their methods are what is compared and are no difference. */
export function Differences({ preset }: { readonly preset: Preset }) {
  const { makeEqual } = useActions();
  const catalog = useEngine((engine) => engine.catalog);
  const lanes = useLanes();
  if (!catalog || lanes.length < 2) return null;
  const found = differencesOf(catalog, preset, lanes);
  return (
    <section className={styles["box"]} aria-label="Differences between lanes">
      {found.length === 0 ? (
        <p className="soft">Same dice: seed, first weights, batches and settings are shared.</p>
      ) : (
        <>
          <ul className={styles["chips"]}>
            {found.map(({ label, values }) => (
              <li key={label}>
                {label}:{" "}
                {values.map(({ letter, value }) => `${letter} ${formatNumber(value)}`).join(" · ")}
              </li>
            ))}
          </ul>
          <button
            type="button"
            className="button"
            title={`All lanes take up the settings of lane ${lanes[0]?.letter}`}
            onClick={makeEqual}
          >
            Make equal
          </button>
        </>
      )}
    </section>
  );
}
