/** @file Which executor computes a problem on which backend. */
import type { BackendId } from "../../protocol/spec.ts";
import type { Bind } from "../problem.ts";
import { bindRecurrent } from "./recurrent.ts";
import { bindWasm, bindWasmOn } from "./wasm.ts";
import { bindWebgpu } from "./webgpu.ts";

/** The way to compute a supernet's loss and gradients on a backend; `threads` are WebAssembly's, by default its choice. */
export function binderOf(backend: BackendId, threads?: number): Bind {
  if (backend === "wasm") return threads === undefined ? bindWasm : bindWasmOn(threads);
  return backend === "webgpu" ? bindWebgpu : bindRecurrent;
}
