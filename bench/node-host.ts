/** @file The entry of a child process that runs one engine in Node. */
import { setFlagsFromString } from "node:v8";
import { hasRelaxedSimd } from "../src/engine/wasm/features.ts";
import { answer, type Request } from "./host.ts";

process.on("message", (request: Request) => {
  // Older V8s know relaxed SIMD, but ask for a flag; plain kernels are the same with it.
  if (request.kind === "prepare" && request.id.relaxed && !hasRelaxedSimd())
    setFlagsFromString("--experimental-wasm-relaxed-simd");
  void answer(request).then((reply) => process.send?.(reply));
});
