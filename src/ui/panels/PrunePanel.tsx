/** @file Under a width search: how large its network is, what to prune by, and training what is left in a new lane. */
import { useState } from "react";
import type { PruneCriterion } from "../../protocol/spec.ts";
import { formatCount } from "../parts/format.ts";
import { NumberField } from "../parts/NumberField.tsx";
import { usePlayground } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import { pruningOf } from "../state/pruning.ts";
import type { RunView } from "../state/store.ts";
import { maxLanes } from "../state/view.ts";
import styles from "./PrunePanel.module.css";
import { useLanes, useMethod, useRun } from "./use-lanes.ts";

interface Props {
  readonly lane: Lane;
  /** Share of all channels to prune, [0, 1). */
  readonly quantile: number;
  readonly onQuantile: (quantile: number) => void;
}

export function PrunePanel({ lane, quantile, onQuantile }: Props) {
  const method = useMethod(lane.method);
  return (
    <div className={styles["panel"]}>
      <SizeLine lane={lane} />
      {method && !method.trainsGenotype && (
        <PruneForm lane={lane} quantile={quantile} onQuantile={onQuantile} />
      )}
    </div>
  );
}

const sizeOf = ({ size }: RunView) => size;

/** Parameters and multiply-adds, and what share of the lane that it was pruned from. */
function SizeLine({ lane }: { readonly lane: Lane }) {
  const size = useRun(lane, sizeOf);
  const { origin } = lane;
  const from = origin?.kind === "pruned" ? origin.of.letter : undefined;
  const parent = useLanes().find(({ letter }) => letter === from);
  const whole = useRun(parent, sizeOf);
  if (!size) return null;
  const share = (now: number | undefined, then: number | undefined) =>
    now === undefined || !then ? "" : ` (${((100 * now) / then).toFixed(1)} % of lane ${from})`;
  const { parameters, multiplyAdds } = size;
  return (
    <p className="numbers">
      <b>{formatCount(parameters)}</b> parameters{share(parameters, whole?.parameters)}
      {multiplyAdds !== undefined && (
        <>
          {" · "}
          <b>{formatCount(Math.round(multiplyAdds))}</b> multiply-adds an image
          {share(multiplyAdds, whole?.multiplyAdds)}
        </>
      )}
    </p>
  );
}

const percentRange = { min: 0, max: 95, scale: "integer" } as const;
const stepRange = { min: 1, max: 100_000, scale: "integer" } as const;
const criteria: readonly { readonly id: PruneCriterion; readonly label: string }[] = [
  { id: "alpha", label: "smallest |α|" },
  { id: "magnitude", label: "smallest filters" },
  { id: "uniform", label: "equal shares" },
];
/** Of the search's length: what is left is trained already. */
const shareOfSearch = 4;
const standing = ({ status, spec }: RunView) =>
  status === "paused" || status === "finished" ? spec?.steps : undefined;

function PruneForm({ lane, quantile, onQuantile }: Props) {
  const { pruneLane } = pruningOf(usePlayground());
  const length = useRun(lane, standing);
  const isFull = useLanes().length >= maxLanes;
  const [criterion, setCriterion] = useState<PruneCriterion>("alpha");
  const [wished, setWished] = useState<number>();
  const steps = wished ?? Math.max(1, Math.round((length ?? shareOfSearch) / shareOfSearch));
  return (
    <p className={styles["form"]}>
      Prune{" "}
      <NumberField
        label="Share of channels to prune, in percent"
        range={percentRange}
        value={Math.round(100 * quantile)}
        onCommit={(percent) => onQuantile(percent / 100)}
      />{" "}
      % by
      <select
        className="select"
        aria-label="What is pruned"
        title="Filters and equal shares leave as many parameters as |α| does"
        value={criterion}
        onChange={({ target }) =>
          setCriterion(criteria.find(({ id }) => id === target.value)?.id ?? criterion)
        }
      >
        {criteria.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
      and train what is left for{" "}
      <NumberField
        label="Steps of fine-tuning"
        range={stepRange}
        value={steps}
        onCommit={setWished}
      />{" "}
      steps
      <button
        type="button"
        className="button"
        disabled={length === undefined || isFull}
        title={
          length === undefined
            ? "Pause the search first"
            : "A smaller network with the weights that stay, in a lane of its own"
        }
        onClick={() => pruneLane(lane.id, { criterion, quantile }, steps)}
      >
        Prune and fine-tune
      </button>
    </p>
  );
}
