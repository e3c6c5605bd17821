/** @file PyTorch beside us: `torch_darts.py` as a process that takes turns. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import { endOf } from "./child.ts";
import type { Engine, PresetName, Sample, StepName } from "./engine.ts";

const script = fileURLToPath(new URL("./torch_darts.py", import.meta.url));
/** Debian's Python sees Debian's PyTorch, which another Python on the path does not. */
const python = existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
const kinds: Partial<Record<StepName, string>> = {
  w: "weights",
  darts1: "first_order",
  darts2: "second_order",
};

/** PyTorch's version. Throws how to install it where it is missing. */
export function torchVersion(): string {
  const { status, stdout } = spawnSync(python, ["-c", "import torch; print(torch.__version__)"], {
    encoding: "utf8",
  });
  if (status === 0) return stdout.trim();
  throw new Error(
    `${python} finds no PyTorch; on Debian, as root: apt-get install -y --no-install-recommends python3-torch`,
  );
}

/** Its own weights, first-order and second-order steps. */
export function torchEngine(preset: PresetName, threads: number): Engine {
  let child: ChildProcess | undefined;
  let lines: AsyncIterator<string> | undefined;
  const readLine = async (): Promise<string> => {
    const next = await lines?.next();
    if (!next || next.done)
      throw new Error(`torch_darts.py ended: ${child?.signalCode ?? "error"}`);
    return next.value;
  };
  const measure = async (step: StepName, count: number, warm: number): Promise<Sample[]> => {
    child?.stdin?.write(`${kinds[step]} ${count} ${warm}\n`);
    return (JSON.parse(await readLine()) as number[]).map((ms) => ({ ms }));
  };
  const close = async () => {
    if (child) await endOf(child);
    child = undefined;
  };
  return {
    id: { engine: "torch", host: "node", threads, relaxed: false },
    steps: Object.keys(kinds) as StepName[],
    async prepare() {
      await close();
      child = spawn(python, [script, "--preset", preset, "--threads", `${threads}`, "--serve"], {
        stdio: ["pipe", "pipe", "inherit"],
      });
      const output: Interface = createInterface({ input: child.stdout as NodeJS.ReadableStream });
      lines = output[Symbol.asyncIterator]();
      await readLine();
      const [first] = await measure("w", 1, 0);
      return { firstStepMs: first?.ms ?? Number.NaN };
    },
    measure,
    close,
  };
}
