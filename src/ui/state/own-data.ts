/** @file The verbs of one's own data: a text, or images, become a problem like the others, and are kept for later visits. */
import { ownTaskIn } from "../../protocol/own-data.ts";
import type { OwnImages } from "../../protocol/own-images.ts";
import type { EngineClient } from "./client.ts";
import type { DataCommand, DataStore } from "./data-store.ts";
import { ownData } from "./store.ts";
import { dismissIn, type Notice, type ViewStore } from "./view.ts";

/** What own data need of the page. */
export interface OwnDataParts {
  readonly client: EngineClient;
  readonly view: ViewStore;
  /** Absent where nothing can be kept. */
  readonly data: DataStore | undefined;
  chooseProblem(task: string): void;
  notify(notice: Notice): void;
}
/** What the engine has been given and not yet answered for. */
interface Given {
  readonly command: DataCommand;
  /** Called with the task's id, or with nothing if the engine refused it. */
  readonly answered: (task: string | undefined) => void;
}
/** What a link, a saved run or a run file does with its data. */
export interface Need {
  /** A preset's or a task's id. */
  readonly id: string;
  readonly what: "link" | "run" | "file";
  /** Called once the data are there: at once if they are, or if the id names none. */
  go(): void;
  /** Called if this browser does not hold them; `go` follows when they are opened. */
  instead(): void;
}

/** Characters of a file's name that fit among the problems. */
const longestName = 24;
const short = (name: string) => {
  const characters = [...name];
  return characters.length > longestName
    ? `${characters.slice(0, longestName - 1).join("")}…`
    : name;
};

/** As `Own` has them, but there. */
export type OwnDataVerbs = ReturnType<typeof createOwnData>;

export function createOwnData({ client, view, data, chooseProblem, notify }: OwnDataParts) {
  const { store, send } = client;
  let given: readonly Given[] = [];
  let needed: readonly Need[] = [];
  const answer = (task?: string) => {
    const [first, ...others] = given;
    given = others;
    first?.answered(task);
  };
  store.subscribe((now, before) => {
    const title = given[0]?.command.kind === "images" ? "Images refused" : "Text refused";
    if (now.dataRefused && now.dataRefused !== before.dataRefused) {
      notify({ title, lines: [now.dataRefused.message] });
      answer();
    }
    if (given.length === 0 || now.catalog === before.catalog) return;
    // What was wrong with others is of no interest beside those that are taken.
    dismissIn(view, title);
    // The engine puts what came last at the end, also if it had it already.
    answer(now.catalog?.tasks.at(-1)?.id);
  });
  const give = (command: DataCommand, answered: Given["answered"]) => {
    given = [...given, { command, answered }];
    send(command);
  };

  const list = async () => {
    const kept = await data?.list();
    if (kept) view.setState({ kept });
  };
  const keep = async (task: string, command: DataCommand) => {
    try {
      await data?.put(task, command);
      await list();
    } catch {
      notify({
        title: "Data not kept",
        lines: [
          `The browser's storage is full or closed to this page: open ${command.name} again after a reload.`,
        ],
      });
    }
  };
  /** Takes data as the problem, unless they are what a link has waited for. */
  const learn = (command: DataCommand) =>
    give(command, (task) => {
      if (task === undefined) return;
      void keep(task, command);
      const served = needed.filter(({ id }) => ownTaskIn(id) === task);
      needed = needed.filter((need) => !served.includes(need));
      if (served.length === 0) chooseProblem(task);
      for (const { go } of served) go();
    });

  const isKnown = (task: string) => !!store.getState().catalog?.tasks.some((t) => t.id === task);
  /** Whether the engine has them in the end. */
  async function restore(task: string): Promise<boolean> {
    const command = await data?.get(task).catch(() => undefined);
    if (!command) return false;
    void keep(task, command);
    return new Promise((resolve) => give(command, (made) => resolve(made === task)));
  }

  return {
    learnText(bytes: ArrayBuffer, name: string): void {
      learn({ kind: "text", runId: ownData, name: short(name), bytes });
    },
    learnImages(images: OwnImages): void {
      learn({ ...images, kind: "images", runId: ownData, name: short(images.name) });
    },
    async takeKept(task: string): Promise<void> {
      if (isKnown(task) || (await restore(task))) chooseProblem(task);
      else await list();
    },
    async forgetKept(task: string): Promise<void> {
      await data?.remove(task).catch(() => {});
      await list().catch(() => {});
    },
    listKept: () => list().catch(() => {}),
    async withData(need: Need): Promise<void> {
      const task = ownTaskIn(need.id);
      if (task === undefined || isKnown(task)) return need.go();
      if (await restore(task)) return need.go();
      needed = [...needed.filter(({ what }) => what !== need.what), need];
      notify(missing(task, need.what));
      need.instead();
    },
  };
}

function missing(task: string, what: Need["what"]): Notice {
  const [data, source] = task.startsWith("text")
    ? ["a text", "text file"]
    : ["images", "folder, zip or files"];
  return {
    title: "Own data needed",
    lines: [
      `This ${what} is of ${data} of someone's own (${task}), which this browser does not hold. Links and run files carry settings and results, never data.`,
      `Open the same ${source} under Setup, Own data: ${then[what]}.`,
    ],
  };
}
const then = {
  link: "the link is then followed",
  run: "the run then goes on",
  file: "the file's run can then be verified and begun anew; until then it can only be replayed",
} as const;
