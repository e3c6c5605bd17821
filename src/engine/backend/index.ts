/** @file Chooses and readies a tfjs backend. The only file that knows which exist. */
import "./gradients.ts";
import { enableProdMode, ready, setBackend } from "@tensorflow/tfjs-core";
import type { BackendReport } from "../../protocol/messages.ts";
import type { BackendId } from "../../protocol/spec.ts";
import { BackendError } from "../errors.ts";
import { hasSimd, threadsHere } from "../wasm/features.ts";
import { faultOf } from "./probe.ts";
import { describeAdapter, watchDevice } from "./webgpu.ts";

/** In order of preference. */
export const backendIds: readonly BackendId[] = ["wasm", "webgpu", "webgl", "cpu"];

/** Compiled networks run beside tfjs, which then keeps to plain arrays. */
const tfjsName = (id: BackendId): string => (id === "wasm" ? "cpu" : id);

/** A backend that computes a known gradient correctly. */
export interface Backend {
  readonly report: BackendReport;
  /** Throws `BackendError` with what the device reported; it stays broken from then on. */
  assertHealthy(): void;
}

/** Loads a backend's code and says what it runs on. Throws if it cannot run here. */
const load: Record<BackendId, () => Promise<string>> = {
  webgpu: async () => {
    const device = await describeAdapter();
    await import("@tensorflow/tfjs-backend-webgpu");
    return device;
  },
  webgl: async () => {
    if (!("OffscreenCanvas" in globalThis)) throw new BackendError("no WebGL in this thread");
    await import("@tensorflow/tfjs-backend-webgl");
    return "graphics card through WebGL";
  },
  wasm: async () => {
    if (!hasSimd()) throw new BackendError("this browser's WebAssembly has no SIMD");
    await import("@tensorflow/tfjs-backend-cpu");
    const threads = threadsHere();
    return `WebAssembly SIMD, ${threads > 1 ? `up to ${threads} threads` : "one thread"}`;
  },
  cpu: async () => {
    await import("@tensorflow/tfjs-backend-cpu");
    return "plain JavaScript, one thread";
  },
};

/** Readies the first of `wanted` that works here. Throws `BackendError` with every reason if none does. */
export async function selectBackend(...wanted: readonly BackendId[]): Promise<Backend> {
  enableProdMode(); // no advice on the console
  const refused: { id: BackendId; reason: string }[] = [];
  let failure: BackendError | undefined;
  for (const id of wanted) {
    try {
      const device = await load[id]();
      if (!(await setBackend(tfjsName(id)))) throw new BackendError("it did not initialise");
      await ready();
      if (id === "webgpu") watchDevice((error) => (failure ??= error));
      const fault = await faultOf();
      if (fault) throw new BackendError(fault);
      return {
        report: { id, device, refused },
        assertHealthy() {
          if (failure) throw failure;
        },
      };
    } catch (error) {
      refused.push({ id, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  const reasons = refused.map(({ id, reason }) => `${id}: ${reason}`).join("; ");
  throw new BackendError(`no usable backend; ${reasons}`);
}
