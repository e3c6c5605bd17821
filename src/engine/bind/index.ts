/** @file Which executor computes a problem on which backend. */
import type { BackendId } from "../../protocol/spec.ts";
import type { Bind } from "../problem.ts";
import { bindRecurrent } from "./recurrent.ts";
import { bindWasm } from "./wasm.ts";
import { bindWebgpu } from "./webgpu.ts";

/** The way to compute a supernet's loss and gradients on a backend. */
export const binderOf = (backend: BackendId): Bind =>
  backend === "wasm" ? bindWasm : backend === "webgpu" ? bindWebgpu : bindRecurrent;
