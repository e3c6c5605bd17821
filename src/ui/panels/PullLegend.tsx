/** @file What the arrows of α's phase are: their terms, what their lengths say, and how often terms disagree. */
import type { AlphaGroup } from "../../protocol/spec.ts";
import { Formula } from "../parts/Formula.tsx";
import type { Lane } from "../state/lanes.ts";
import { shareText } from "../viz/pulls.ts";
import styles from "./PhaseStrip.module.css";
import { useInside, useNow } from "./use-inside.ts";

interface PullLegendProps {
  readonly lane: Lane;
  readonly group: AlphaGroup;
}

export function PullLegend({ lane, group }: PullLegendProps) {
  const inside = useNow(useInside(lane, group));
  if (!inside) return <p className="soft">α's step is being computed…</p>;
  const { pulls, terms } = inside;
  const [largest] = pulls;
  if (!largest) return <p className="soft">α waits in this step: nothing pulls it in this cell.</p>;
  const against = pulls.filter(({ isOpposed }) => isOpposed).length;
  const compared = pulls.filter(({ term }) => term > 0).length;
  return (
    <>
      <ul className={styles["terms"]} aria-label="Arrows">
        {terms.map(({ label, text }, term) => (
          <li key={label}>
            <svg viewBox="0 0 34 12" width="34" height="12" data-term={term} aria-hidden="true">
              <path data-part="shaft" d="M1,6H25" />
              <path data-part="head" d="M33,6L24,1V11Z" />
            </svg>
            <b>
              <Formula text={label} />
            </b>{" "}
            <Formula text={text} />
          </li>
        ))}
      </ul>
      <p className={`${styles["scale"]} numbers`}>
        Full length {shareText(largest.share)}, half {shareText(largest.share / 4)}, a quarter{" "}
        {shareText(largest.share / 16)}
        {compared > 0 && `; on ${against} of ${compared} edges the second goes against the first`}.
      </p>
    </>
  );
}

/** What every arrow means, whatever the lane. */
export const ArrowNote = () => (
  <p className={`${styles["scale"]} ${styles["note"]} soft`}>
    An arrow's length: how much of softmax α its term moves on that edge in this step, towards the
    operation at its tip; one that goes against the first stands on the rope's other side. The
    optimiser's memory and weight decay move α, too.
  </p>
);
