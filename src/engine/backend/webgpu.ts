/** @file What tfjs's WebGPU backend keeps to itself: whether there is an adapter, which, and when it fails. */
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { backend } from "@tensorflow/tfjs-core";
import { BackendError } from "../errors.ts";

/** The adapter in words. Throws `BackendError` saying why there is none. */
export async function describeAdapter(): Promise<string> {
  const { navigator } = globalThis as { navigator?: { gpu?: GPU } };
  if (!navigator?.gpu) throw new BackendError("this browser offers no WebGPU here");
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new BackendError("WebGPU is there, but found no adapter");
  const { vendor, architecture, description } = adapter.info;
  return [vendor, architecture, description].filter(Boolean).join(" ") || "unnamed adapter";
}

/** Calls `fail` for every error of the device in use: they reach no promise, and results after them are garbage. */
export function watchDevice(fail: (error: BackendError) => void): void {
  const { device } = backend() as WebGPUBackend;
  device.addEventListener("uncapturederror", ({ error }) =>
    fail(new BackendError(`WebGPU reported: ${error.message}`)),
  );
  void device.lost.then(({ message }) =>
    fail(new BackendError(`the WebGPU device was lost: ${message || "no reason given"}`)),
  );
}
