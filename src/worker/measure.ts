/** @file Times a step on each backend that compiles networks; plain tfjs takes seconds and is not asked. */
import { selectBackend } from "../engine/backend/index.ts";
import { binderOf, type ReadFile, registry, timeStep } from "../engine/index.ts";
import type { BackendSpeed, EngineEvent } from "../protocol/messages.ts";
import type { BackendId } from "../protocol/spec.ts";
import { toRunError } from "./errors.ts";

const candidates: readonly BackendId[] = ["wasm", "webgpu"];

/** One after the other, so that none slows another down. */
export async function measure(read: ReadFile): Promise<EngineEvent> {
  const speeds: BackendSpeed[] = [];
  for (const id of candidates) {
    try {
      const { assertHealthy } = await selectBackend(id);
      const options = { registry, read, bind: binderOf(id), assertHealthy };
      speeds.push({ id, msPerStep: await timeStep(id, options) });
    } catch (error) {
      speeds.push({ id, reason: toRunError(error).message });
    }
  }
  return { kind: "measured", speeds };
}
