/** @file Why a lane has stopped or what it refused, with what can be done about it. */
import { Alarm } from "../parts/Alarm.tsx";
import { useActions, useView } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import { adviceFor } from "./describe.ts";
import { GoOnButtons } from "./GoOnButtons.tsx";
import { useRun } from "./use-lanes.ts";

export function LaneAlert({ lane }: { readonly lane: Lane }) {
  const { retry, setOptimizer, chooseBackend, goOn } = useActions();
  const savedSteps = useRun(lane, (run) => run.saved?.steps) ?? 0;
  const choice = useView((view) => view.backendChoice);
  const error = useRun(lane, (run) => run.error);
  const refused = useRun(lane, (run) => run.refused);
  const spec = useRun(lane, (run) => run.spec);
  const halve = () => {
    if (!spec) return;
    setOptimizer(lane.id, "weights", "lr", spec.weightOptimizer.lr / 2);
    setOptimizer(lane.id, "alpha", "lr", spec.alphaOptimizer.lr / 2);
    retry(lane.id);
  };
  if (error) {
    const { text, retry: again } = adviceFor(error);
    return (
      <Alarm
        title={`Lane ${lane.letter} stopped: ${error.code}`}
        text={`${error.message.replace(/\.?$/, ".")} ${text}`}
      >
        {again === "engine" && <GoOnButtons steps={savedSteps} />}
        {again !== "engine" && savedSteps > 0 && (
          <button type="button" className="button" onClick={() => goOn(lane.id)}>
            Go on from step {savedSteps}
          </button>
        )}
        {error.code === "DivergedError" && spec && (
          <button type="button" className="button" onClick={halve}>
            Halve the step sizes and begin again
          </button>
        )}
        {again && (
          <button
            type="button"
            className="button"
            onClick={() => (again === "engine" ? chooseBackend(choice) : retry(lane.id))}
          >
            Retry
          </button>
        )}
      </Alarm>
    );
  }
  if (refused)
    return <Alarm title={`Lane ${lane.letter} goes on as it was`} text={refused.message} />;
  return null;
}
