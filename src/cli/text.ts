/** @file A text of the user's own as a task: `--text FILE`. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { type Registry, textTask } from "../engine/index.ts";
import { UsageError } from "./args.ts";

export interface Offered {
  readonly registry: Registry;
  /** Without `--text`; preset and task are those of texts unless others are named. */
  readonly argv: readonly string[];
}

/** Adds the text that `--text` names to the tasks. Throws `UsageError` if it cannot be read, `DatasetError` if it is none. */
export async function withText(argv: readonly string[], registry: Registry): Promise<Offered> {
  const at = argv.findIndex((arg) => arg === "--text" || arg.startsWith("--text="));
  if (at < 0) return { registry, argv };
  const [option = "", inline] = (argv[at] as string).split(/=(.*)/s);
  const path = inline ?? argv[at + 1];
  if (!path) throw new UsageError("--text needs the name of a file");
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new UsageError(`${option} ${path}: it cannot be read (${(error as Error).message})`);
  });
  const rest = argv.filter((_, i) => i !== at && (inline !== undefined || i !== at + 1));
  const has = (name: string) => rest.some((arg) => arg === name || arg.startsWith(`${name}=`));
  const task = textTask(bytes, basename(path));
  return {
    registry: { ...registry, tasks: [...registry.tasks, task] },
    argv: [
      ...(has("--preset") ? [] : ["--preset", "names"]),
      ...(has("--task") ? [] : ["--task", task.id]),
      ...rest,
    ],
  };
}
