/** @file Which backend was fastest on this machine, remembered in this browser. */
import type { BackendSpeed } from "../../protocol/messages.ts";
import type { BackendId } from "../../protocol/spec.ts";

const key = "nas-playground.fastest";
const known: readonly BackendId[] = ["wasm", "webgpu"];

/** The backend with the shortest step; undefined if none could be timed. */
export function fastestOf(speeds: readonly BackendSpeed[]): BackendId | undefined {
  const timed = speeds.filter(({ msPerStep }) => msPerStep !== undefined);
  const first = timed.sort((a, b) => (a.msPerStep ?? 0) - (b.msPerStep ?? 0))[0];
  return first?.id;
}

/** What an earlier visit measured; undefined if nothing, or if this browser forbids remembering. */
export function savedFastest(): BackendId | undefined {
  try {
    return known.find((id) => id === localStorage.getItem(key));
  } catch {
    return undefined;
  }
}

export function saveFastest(id: BackendId): void {
  try {
    localStorage.setItem(key, id);
  } catch {
    // Storage may be full or forbidden: the next visit measures again.
  }
}

/** Whether there is a graphics card worth timing: WebGPU computed in software never beats WebAssembly. */
export async function hasGraphicsCard(): Promise<boolean> {
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<Adapter | null> } };
  const info = (await gpu?.requestAdapter().catch(() => null))?.info;
  if (!info) return false;
  const name = `${info.vendor} ${info.architecture} ${info.description}`;
  return !info.isFallbackAdapter && !/swiftshader|llvmpipe|lavapipe|software/i.test(name);
}
interface Adapter {
  readonly info: {
    readonly vendor: string;
    readonly architecture: string;
    readonly description: string;
    readonly isFallbackAdapter?: boolean;
  };
}
