/** @file The engines that can be held against a fixture: some run in Node, the others in a browser. */
import { selectBackend } from "../../src/engine/backend/index.ts";
import { binderOf } from "../../src/engine/bind/index.ts";
import { bindReference } from "../../src/engine/bind/reference.ts";
import type { BackendId } from "../../src/protocol/spec.ts";
import { readFixture } from "./fixture.ts";
import { measure, type Row } from "./measure.ts";

/** A backend with the executor that a run has on it, or plain tfjs operations on tfjs's cpu backend. */
export type EngineName = BackendId | "reference";
/** `reference` and the backends of Node, then those of a browser. */
export const engineNames: readonly EngineName[] = ["reference", "wasm", "cpu", "webgpu", "webgl"];
export const needsBrowser = (engine: EngineName): boolean =>
  engine === "webgpu" || engine === "webgl";

/** Rows for a fixture's text, in the thread that calls. Throws `FixtureError` and `BackendError`. */
export async function compareHere(
  text: string,
  file: string,
  engine: EngineName,
): Promise<readonly Row[]> {
  const fixture = readFixture(text, file);
  const backend = await selectBackend(engine === "reference" ? "cpu" : engine);
  const rows = await measure(fixture, engine === "reference" ? bindReference : binderOf(engine));
  backend.assertHealthy();
  return rows;
}
