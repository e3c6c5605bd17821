/** @file The verbs of lessons: enter a chapter, do its step, count hands, reveal; each through the page's own verbs. */
import type { Deed, Look, Scene } from "../lessons/deck.ts";
import type { Place } from "../lessons/index.ts";
import type { Actions } from "./actions.ts";
import type { EngineClient } from "./client.ts";
import { createFacts } from "./facts.ts";
import { isLink, isPlaceLink } from "./link-version.ts";
import { type Hideable, type ModeStore, type PageSettings, pageOf } from "./mode.ts";
import { type Settings, settingsOf } from "./settings.ts";
import type { Shown } from "./shown.ts";
import type { ViewStore } from "./view.ts";

export type Lessons = ReturnType<typeof createLessons>;

const unpacking = () => import("./link.ts");
/** The decks, which the page can do without until one is opened. */
const reading = () => import("../lessons/index.ts");
const repairing = () => import("./repair-settings.ts");

/** What says how a link was repaired, until the next link. */
const repaired = "Link repaired";

/** A scene as a link would hold it. */
export const sceneSettings = ({ preset, seed = 1, rate, lanes }: Scene): unknown => ({
  setup: { preset, seed },
  ...(rate !== undefined && { rate }),
  lanes: lanes.map(({ method, hyper = {}, optimizers = {} }) => ({ method, hyper, optimizers })),
});

export function createLessons(
  client: EngineClient,
  view: ViewStore,
  mode: ModeStore,
  actions: Actions,
  moment: Shown,
) {
  const { store } = client;
  const chapterOf = async (place: Place | undefined) => place && (await reading()).chapterAt(place);
  const here = () => chapterOf(mode.getState().lesson);

  function look({ cell = 0, isXray = false, rule }: Look): void {
    view.setState({ cell, isXray, rule, isTable: false });
  }
  /** Sets the page to a scene; runs that have its settings already go on. */
  async function set(scene: Scene, isAnew: boolean): Promise<void> {
    const { repairSettings } = await repairing();
    const { catalog } = store.getState();
    if (!catalog) return;
    const { settings } = repairSettings(catalog, sceneSettings(scene));
    const now = settingsOf(catalog, view.getState());
    if (isAnew || !isSame(settings, now)) {
      actions.pause();
      actions.applySettings(settings);
    }
    look(scene.look ?? {});
  }
  /** A card is asked before its run has begun: else the answer is on the screen already. */
  async function enter(place: Place): Promise<void> {
    const chapter = await chapterOf(place);
    if (!chapter) return;
    const { of, is } = chapter;
    mode.setState({
      lesson: { deck: of.id, chapter: place.chapter },
      rail: "lesson",
      votes: (is.card?.options ?? []).map(() => 0),
      isRevealed: false,
    });
    await set(is.scene, is.card !== undefined);
  }
  async function perform(deeds: readonly Deed[]): Promise<void> {
    for (const deed of deeds) {
      if (deed.kind === "play" && isOver()) actions.reset();
      if (deed.kind === "hyper") actions.setHyper(deed.lane, deed.name, deed.value);
      else if (deed.kind === "steer") actions.steer(deed.lane, [deed.steer]);
      else if (deed.kind === "look") look(deed.look);
      else if (deed.kind === "scene") await set(deed.scene, false);
      else verbs[deed.kind]();
    }
  }
  /** Whether nothing is left to play: a chapter's button then plays it again. */
  const isOver = () =>
    view
      .getState()
      .lanes.every(({ runId }) => runId && store.getState().runs[runId]?.status === "finished");
  const verbs = {
    play: actions.play,
    pause: actions.pause,
    step: actions.step,
    phase: actions.nextPhase,
    nextChange: actions.nextChange,
    newSeed: actions.newSeed,
  };
  const move = (by: number) => {
    const { lesson } = mode.getState();
    if (lesson) void enter({ ...lesson, chapter: lesson.chapter + by });
  };
  async function show(page: PageSettings | undefined): Promise<void> {
    const lesson = page?.lesson;
    const chapter = await chapterOf(lesson);
    mode.setState({
      lesson,
      votes: (chapter?.is.card?.options ?? []).map(() => 0),
      isRevealed: false,
      isEmbedded: page?.embed === true,
      hidden: page?.hide ?? [],
      // Settings that come without a lesson are what one wants to see.
      rail: lesson ? "lesson" : "setup",
    });
  }
  /** Takes up what an address says of lessons and of how the page is shown. */
  function follow(hash: string): void {
    const { catalog } = store.getState();
    if (!catalog) return;
    actions.dismiss(repaired);
    if (isPlaceLink(hash)) void followPlace(hash);
    else if (isLink(hash))
      void unpacking().then(({ decodeLink }) => show(decodeLink(catalog, hash).settings.page));
  }
  async function followPlace(hash: string): Promise<void> {
    const found = (await reading()).readPlaceLink(hash);
    if (!found) return;
    // The lesson itself says what it sets, so it has to be seen; what another link set is over.
    view.setState({ receipt: undefined, opened: undefined, verdicts: {} });
    mode.setState({ isEmbedded: false, hidden: [], rail: "lesson" });
    if (found.place) await enter(found.place);
    else {
      mode.setState({ lesson: undefined });
      if (view.getState().lanes.length === 0) actions.begin();
    }
    if (found.repairs.length > 0) actions.notify({ title: repaired, lines: found.repairs });
  }
  let isFirst = true;
  store.subscribe((now, before) => {
    if (!now.backend || !now.catalog) return;
    // The engine may be changed for a faster one before the lesson is there.
    const isEmpty = !before.backend && view.getState().lanes.length === 0;
    if (!isFirst && !isEmpty) return;
    isFirst = false;
    follow(globalThis.location?.hash ?? "");
  });

  return {
    facts: createFacts(client, view, moment),
    enter,
    follow,
    leave: () => mode.setState({ lesson: undefined, votes: [], isRevealed: false }),
    next: () => move(1),
    back: () => move(-1),
    /** Goes to a chapter of the deck on show, by its index. */
    go(chapter: number) {
      const { lesson } = mode.getState();
      if (lesson) void enter({ ...lesson, chapter });
    },
    /** Performs the chapter's step. */
    act: async () => perform((await here())?.is.action?.deeds ?? []),
    /** One more hand for an option, or one fewer; the votes stand once the card is revealed. */
    vote(option: number, by: 1 | -1 = 1) {
      mode.setState(({ votes, isRevealed }) => ({
        votes: isRevealed ? votes : votes.map((n, i) => (i === option ? Math.max(0, n + by) : n)),
      }));
    },
    async reveal() {
      const card = (await here())?.is.card;
      if (!card || mode.getState().isRevealed) return;
      mode.setState({ isRevealed: true });
      await perform(card.reveal);
    },
    /** The address of what the page shows and how; a chapter as it begins has a short one. */
    async link(also: PageSettings = {}): Promise<string | undefined> {
      const [{ encodeLink }, { receiptsOf }] = await Promise.all([
        unpacking(),
        import("./receipts.ts"),
      ]);
      const { catalog } = store.getState();
      if (!catalog) return undefined;
      const settings = settingsOf(catalog, view.getState());
      const page = { ...pageOf(mode.getState()), ...also };
      const chapter = await here();
      const { repairSettings } = await repairing();
      const isPlain = !page.embed && !page.hide;
      if (
        isPlain &&
        chapter &&
        page.lesson &&
        isSame(settings, repairSettings(catalog, sceneSettings(chapter.is.scene)).settings)
      )
        return (await reading()).placeLink(page.lesson);
      const { withReached } = receiptsOf({ client, view });
      const said = page.embed ? settings : withReached(settings).settings;
      return encodeLink({ ...said, ...(Object.keys(page).length > 0 && { page }) });
    },
    setRail: (rail: "lesson" | "setup") => mode.setState({ rail }),
    present: (isPresenting: boolean) => mode.setState({ isPresenting, isBlank: false }),
    blank: (isBlank: boolean) => mode.setState({ isBlank }),
    hide: (hidden: readonly Hideable[]) => mode.setState({ hidden }),
  };
}

const isSame = (a: Settings, b: Settings): boolean => {
  const plain = ({ setup, rate, lanes }: Settings) => JSON.stringify([setup, rate ?? 0, lanes]);
  return plain(a) === plain(b);
};
