/** @file The whole engine has failed: why, and the two ways to start it again. */
import { Alarm } from "../parts/Alarm.tsx";
import { useActions, useEngine, useView } from "../state/app.ts";
import { GoOnButtons } from "./GoOnButtons.tsx";
import { useLanes } from "./use-lanes.ts";

export function EngineAlert() {
  const { chooseBackend } = useActions();
  const lanes = useLanes();
  const steps = useEngine(({ runs }) =>
    Math.max(0, ...lanes.map(({ runId }) => (runId ? (runs[runId]?.saved?.steps ?? 0) : 0))),
  );
  const error = useEngine((engine) => engine.unusable);
  const choice = useView((view) => view.backendChoice);
  if (!error) return null;
  return (
    <Alarm title={`No engine: ${error.code}`} text={error.message}>
      <GoOnButtons steps={steps} />
      <button type="button" className="button" onClick={() => chooseBackend(choice)}>
        Start again
      </button>
      {choice !== "auto" && (
        <button type="button" className="button" onClick={() => chooseBackend("auto")}>
          Use any backend
        </button>
      )}
    </Alarm>
  );
}
