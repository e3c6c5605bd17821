/** @file Chooses and readies a tfjs backend. The only file that knows which exist. */
import "#tf-gradients";
import { ready, setBackend } from "@tensorflow/tfjs-core";
import type { BackendId } from "../../protocol/spec.ts";

const load: Record<BackendId, () => Promise<unknown>> = {
  webgpu: () => import("@tensorflow/tfjs-backend-webgpu"),
  webgl: () => Promise.reject(new Error("not in the prototype")),
  wasm: () => Promise.reject(new Error("not yet")),
  cpu: () => import("@tensorflow/tfjs-backend-cpu"),
};

export class BackendError extends Error {
  override readonly name = "BackendError";
}

/** Readies the first backend of `wanted` that works here, and says which. */
export async function selectBackend(...wanted: readonly BackendId[]): Promise<BackendId> {
  const reasons: string[] = [];
  for (const id of wanted) {
    try {
      await load[id]();
      if (await setBackend(id)) {
        await ready();
        return id;
      }
      reasons.push(`${id}: did not initialise`);
    } catch (error) {
      reasons.push(`${id}: ${String(error)}`);
    }
  }
  throw new BackendError(`no usable backend; ${reasons.join("; ")}`);
}
