/** @file The specs of several runs at once, for a component that must not follow every burst. */
import { useShallow } from "zustand/shallow";
import type { RunSpec } from "../../protocol/spec.ts";
import { useEngine } from "./app.ts";
import type { Lane } from "./lanes.ts";

/** Each lane's spec as the engine has it, in their order; undefined until its run is made. */
export const useSpecs = (lanes: readonly Lane[]): readonly (RunSpec | undefined)[] =>
  useEngine(
    useShallow(({ runs }) =>
      lanes.map(({ runId }) => (runId === undefined ? undefined : runs[runId]?.spec)),
    ),
  );
