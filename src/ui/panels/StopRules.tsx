/** @file Which published rules shall watch a lane's search, and whether the first flag ends it or only stands. */
import type { Preset } from "../../protocol/spec.ts";
import { useActions, useEngine } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import { stopRulesFor } from "../state/stop-wish.ts";
import styles from "./StopRules.module.css";

interface Props {
  readonly lane: Lane;
  readonly preset: Preset;
}

/** Nothing where no rule sees anything. */
export function StopRules({ lane, preset }: Props) {
  const { setStopRule, setStopEnds } = useActions();
  const catalog = useEngine((engine) => engine.catalog);
  const offered = catalog ? stopRulesFor(catalog, preset) : [];
  if (offered.length === 0) return null;
  const watching = offered.filter(({ id }) => lane.stop?.rules.includes(id)).length;
  return (
    <details>
      <summary>
        <b>Stop rules</b>
        {watching > 0 && ` · ${watching} of ${offered.length}`}
      </summary>
      <ul className={styles["rules"]}>
        {offered.map(({ id, label, summary, reference }) => (
          <li key={id}>
            <label className={styles["rule"]}>
              <input
                type="checkbox"
                checked={lane.stop?.rules.includes(id) ?? false}
                onChange={({ target }) => setStopRule(lane.id, id, target.checked)}
              />
              {label}
            </label>
            <p className="soft" title={reference}>
              {summary}
            </p>
          </li>
        ))}
        <li>
          <label className={styles["rule"]}>
            <input
              type="checkbox"
              disabled={watching === 0}
              checked={watching > 0 && lane.stop?.ends === true}
              onChange={({ target }) => setStopEnds(lane.id, target.checked)}
            />
            The first flag ends the run
          </label>
          <p className="soft">
            Otherwise a rule plants its flag on the timeline and in Health, and the search goes on.
          </p>
        </li>
      </ul>
    </details>
  );
}
