/** @file An engine that says what it is told to, and a small catalog with the shapes of the real one. */
import type { Catalog } from "../../src/protocol/catalog.ts";
import type { Burst, Command, EngineEvent } from "../../src/protocol/messages.ts";
import type { HyperField, Preset, RunId, RunSpec } from "../../src/protocol/spec.ts";
import { createActions } from "../../src/ui/state/actions.ts";
import { type Connection, createClient, type WorkerRole } from "../../src/ui/state/client.ts";
import { createView } from "../../src/ui/state/view.ts";
import { cellGroup } from "./groups.ts";

const field = (over: Partial<HyperField>): HyperField => ({
  label: "Field",
  help: "Turns something up.",
  default: 1,
  min: 0,
  max: 10,
  scale: "linear",
  live: true,
  ...over,
});
const sgd = { kind: "sgd", momentum: 0, decay: 0, clip: 0 } as const;
const preset = (id: string, space: string, task: string, over: Partial<Preset> = {}): Preset => ({
  id,
  label: id,
  reference: "Test",
  settings: {
    space,
    task,
    steps: 100,
    batchSize: 16,
    weightOptimizer: { ...sgd, lr: 0.025, lrFloor: 0.001 },
    alphaOptimizer: { kind: "adam", lr: 3e-4, beta1: 0.5, beta2: 0.999, decay: 1e-3 },
    spaceHyper: { cells: 3 },
    taskHyper: {},
  },
  hyper: { rarts: { lambda: 10 } },
  ...over,
});
const entry = (id: string) => ({
  id,
  label: id.toUpperCase(),
  summary: "Sums up.",
  reference: "Paper",
});

/** Three methods, of which EDAS cannot search the toy; two spaces, two tasks, three presets. */
export const testCatalog: Catalog = {
  methods: [
    {
      ...entry("darts"),
      hyper: { xi: field({ label: "Look-ahead ξ", default: 0, max: 1 }) },
      spaces: ["conv", "toy"],
    },
    {
      ...entry("rarts"),
      hyper: {
        lambda: field({ label: "Weight λ", scale: "log", min: 0.01, max: 1000 }),
        warmup: field({ label: "Warm-up", scale: "integer", live: false }),
      },
      spaces: ["conv", "toy"],
    },
    {
      ...entry("edas"),
      reference: "Paper; a reconstruction from its abstract",
      hyper: {},
      spaces: ["conv"],
    },
  ],
  spaces: [
    {
      ...entry("conv"),
      hyper: { cells: field({ label: "Cells", scale: "integer", live: false, max: 20 }) },
      tasks: ["images"],
    },
    {
      ...entry("toy"),
      hyper: {
        alpha0: field({ label: "Start α", default: 2, min: -10, live: false }),
        w0: field({ label: "Start w", default: -2, min: -10, live: false }),
      },
      tasks: ["toy"],
    },
  ],
  tasks: [
    {
      ...entry("images"),
      hyper: { augment: field({ label: "Augment", scale: "switch", max: 1, live: false }) },
    },
    { ...entry("toy"), hyper: {} },
  ],
  optimizers: {
    sgd: {
      lr: field({ label: "Rate", scale: "log", min: 1e-5 }),
      lrFloor: field({ label: "Final rate" }),
      momentum: field({ label: "Momentum", max: 0.999 }),
      decay: field({ label: "Weight decay", max: 1 }),
      clip: field({ label: "Clip", max: 1000 }),
    },
    adam: {
      lr: field({ label: "Rate", scale: "log", min: 1e-6 }),
      beta1: field({ label: "β₁", max: 0.9999 }),
      beta2: field({ label: "β₂", max: 0.9999 }),
      decay: field({ label: "Decay", max: 1 }),
    },
  },
  probes: [],
  stopRules: [
    { ...entry("skips"), label: "Two skips", spaces: ["conv"] },
    { ...entry("ranking"), label: "Settled ranking", spaces: ["conv"] },
  ],
  presets: [
    preset("toy", "toy", "toy"),
    preset("tiny", "conv", "images"),
    preset("small", "conv", "images"),
  ],
};

const readyWith = (catalog: Catalog): EngineEvent => ({
  kind: "ready",
  catalog,
  backend: { id: "cpu", device: "test", refused: [{ id: "webgpu", reason: "no adapter" }] },
});
export const ready = readyWith(testCatalog);

/** With a fourth method, "fixed", that searches nothing but trains a genotype of the space that has some. */
export const trainerCatalog: Catalog = {
  ...testCatalog,
  methods: [
    ...testCatalog.methods,
    { ...entry("fixed"), hyper: {}, spaces: ["conv"], trainsGenotype: true },
  ],
};
export const readyToTrain = readyWith(trainerCatalog);
/** A cell of one node with two edges and two ops. */
const testGroup = cellGroup(2, 3, ["skip_connect", "sep_conv_3x3"]);
/** `count` steps from `first` on; losses are the step's number. */
export const testBurst = (first: number, count: number): Burst => ({
  records: Array.from({ length: count }, (_, i) => ({
    step: first + i,
    trainLoss: first + i,
    valLoss: first + i,
  })),
  alpha: { normal: new Float32Array(4), reduce: new Float32Array(4) },
  trace: { normal: new Float32Array(4 * count), reduce: new Float32Array(4 * count) },
  changes: [],
  genotype: {
    space: "conv",
    groups: { normal: [], reduce: [] },
    text: `Genotype(${first + count})`,
  },
  msPerStep: 2,
});
export const created = (runId: RunId, spec: RunSpec): EngineEvent => ({
  kind: "created",
  runId,
  spec,
  phases: [
    { id: "alpha", label: "α", moves: "alpha", text: "α moves." },
    { id: "weights", label: "w", moves: "w", text: "w moves." },
  ],
  groups: [testGroup, { ...testGroup, name: "reduce" }],
  burst: testBurst(0, 0),
});

/** The state of a page over an engine that is ready and says what the test tells it to. */
export function readyPage(start = ready) {
  const engine = fakeEngine();
  const client = createClient(engine.open);
  const view = createView();
  const actions = createActions(client, view);
  engine.emit(start);
  return { ...engine, client, view, actions };
}

/** The engine makes every run that it was asked for and has not made yet. */
export function makeRuns(
  { of, emit }: Pick<ReturnType<typeof fakeEngine>, "of" | "emit">,
  { store }: Pick<ReturnType<typeof createClient>, "store">,
): void {
  for (const { runId, spec } of of("create"))
    if (!store.getState().runs[runId]) emit(created(runId, spec));
}

/** Every connection that was opened; the last is the one in use. */
export function fakeEngine() {
  const sent: Command[] = [];
  const choices: WorkerRole[] = [];
  let listener: (event: EngineEvent) => void = () => {};
  let failed: (reason: string) => void = () => {};
  return {
    sent,
    choices,
    emit: (...events: readonly EngineEvent[]) => {
      for (const event of events) listener(event);
    },
    die: (reason: string) => failed(reason),
    /** Commands of one kind. */
    of: <K extends Command["kind"]>(kind: K) =>
      sent.filter((c): c is Extract<Command, { kind: K }> => c.kind === kind),
    open(choice: WorkerRole): Connection {
      choices.push(choice);
      return {
        postMessage: (command) => sent.push(command),
        onMessage: (f) => {
          listener = f;
        },
        onFailure: (f) => {
          failed = f;
        },
        close: () => {},
      };
    },
  };
}
