/** @file After the engine has failed: goes on from the last good state, on the same backend or on another. */
import { useActions, useEngine, useView } from "../state/app.ts";
import { backendNames } from "./describe.ts";

/** Nothing where no state was kept, `steps` 0. */
export function GoOnButtons({ steps }: { readonly steps: number }) {
  const { continueOn } = useActions();
  const choice = useView((view) => view.backendChoice);
  const backend = useEngine((engine) => engine.backend?.id);
  if (steps === 0) return null;
  const other = (backend ?? choice) === "wasm" ? "cpu" : "wasm";
  return (
    <>
      <button type="button" className="button" onClick={() => continueOn(choice)}>
        Go on from step {steps}
      </button>
      <button type="button" className="button" onClick={() => continueOn(other)}>
        … on {backendNames[other]}
      </button>
    </>
  );
}
