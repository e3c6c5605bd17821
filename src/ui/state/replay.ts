/** @file The verbs of Replay: recorded runs that came with the page, in place of computed ones. */
import type { Playground } from "./app.ts";
import { recordedOf } from "./recorded.ts";

/** Shows recordings of one seed as lanes. Says why where they cannot be had. */
export async function replay(
  playground: Playground,
  ids: readonly string[],
  seed: number,
): Promise<void> {
  await attempt(playground, async () => {
    await playground.actions.showRuns(await recordedOf(playground).fileOf(ids, seed));
  });
}

/** Shows the first recording, and in the left rail what else there is. */
export async function beginReplay(playground: Playground): Promise<void> {
  await attempt(playground, async () => {
    const recorded = recordedOf(playground);
    const [first] = await recorded.list();
    if (!first) throw new RangeError("there are none");
    playground.mode.setState({ rail: "setup" });
    await playground.actions.showRuns(await recorded.fileOf([first.id], first.seeds[0] ?? 0));
  });
}

/** Puts recorded seeds beside the lane's own; undefined takes them away. */
export async function showRecordedSeeds(
  playground: Playground,
  id: string | undefined,
): Promise<void> {
  await attempt(playground, () => recordedOf(playground).showSeeds(id));
}

async function attempt({ actions }: Playground, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    actions.notify({
      title: "Recorded runs cannot be shown",
      lines: [`${(error as Error).message}. Trying again may help.`],
    });
  }
}
