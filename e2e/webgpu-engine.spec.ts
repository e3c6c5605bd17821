/** @file The compiled engine on WebGPU: against the oracle, PyTorch's figures and the WebAssembly executor. */
import { expect, type Page, test } from "@playwright/test";
import { memory } from "@tensorflow/tfjs-core";
import { build } from "vite";
import { selectBackend } from "../src/engine/backend/index.ts";
import { bindWasm } from "../src/engine/bind/wasm.ts";
import { compile } from "../src/engine/compiler/compile.ts";
import type { Active } from "../src/engine/compiler/select.ts";
import type { Network } from "../src/engine/network/network.ts";
import { dartsConv } from "../src/engine/spaces/darts-conv.ts";
import { WasmExecutor } from "../src/engine/wasm/executor.ts";
import type { Point } from "../src/engine/wasm/slot.ts";
import type { BrowserEngine, PlainPoint, PlainResult } from "../test/browser/webgpu.ts";
import { evaluate, randomPoint } from "../test/support/compiled.ts";
import { judged } from "../test/support/judged.ts";
import { layerNetworks } from "../test/support/layer-networks.ts";
import { distance } from "../test/support/matrices.ts";
import { oracle } from "../test/support/network-oracle.ts";
import { parityPoint } from "../test/support/parity-point.ts";

declare const engine: BrowserEngine;
const entry = "test/browser/webgpu.ts";
const tiny = { channels: 4, cells: 3, nodes: 2, batch: 16 };

test.describe.configure({ mode: "serial" });

let page: Page;
test.beforeAll(async ({ browser, baseURL }, { project }) => {
  test.skip(project.name !== "webgpu", "this browser has no WebGPU");
  const made = await build({
    configFile: false,
    logLevel: "error",
    build: { write: false, minify: false, rollupOptions: { input: entry } },
  });
  const { output } = (Array.isArray(made) ? made[0] : made) as {
    output: readonly { fileName: string; isEntry?: boolean; code?: string }[];
  };
  page = await browser.newPage();
  const folder = new URL("engine-test/", baseURL).href;
  const script = output.find(({ isEntry }) => isEntry)?.fileName;
  await page.route(`${folder}**`, (route) => {
    const name = route.request().url().slice(folder.length);
    const code = output.find(({ fileName }) => fileName === name)?.code;
    return code === undefined
      ? route.fulfill({
          contentType: "text/html",
          body: `<!doctype html><link rel="icon" href="data:,"><script type="module" src="${script}"></script>`,
        })
      : route.fulfill({ contentType: "text/javascript", body: code });
  });
  await page.goto(folder);
  await page.waitForFunction("globalThis.engine");
  const started = await page.evaluate(() => engine.start());
  test.skip("reason" in started, "reason" in started ? started.reason : "");
});
test.afterAll(() => page?.close());

const plain = ({ weights, mixture, active, learning, images, labels, wrt }: Point): PlainPoint => ({
  weights: Array.from(weights),
  mixture: Object.fromEntries(Object.entries(mixture).map(([name, m]) => [name, Array.from(m)])),
  ...(active && { active }),
  ...(learning && { learning }),
  images: Array.from(images),
  labels: Array.from(labels),
  wrt,
});

const evaluateThere = (
  network: Network,
  batch: number,
  points: readonly Point[],
  software = true,
): Promise<PlainResult[]> =>
  page.evaluate((args) => engine.evaluate(...args), [
    network,
    batch,
    points.map(plain),
    { software },
  ] as const);
const values = (mixture: PlainResult["mixture"] = {}): number[] => Object.values(mixture).flat();
function darts(channels: number, cells: number, nodes: number, size: number): Network {
  const { network } = dartsConv.supernet(
    { kind: "image", input: [size, size, 3], classes: 10 },
    { channels, cells, nodes },
  );
  if (!network) throw new Error("darts-conv must give its network as data");
  return network;
}

test("agrees with PyTorch in doubles to 1e-5, however the device likes its kernels", async () => {
  const { network, batch, point, errors } = parityPoint();
  for (const software of [true, false]) {
    const [, result] = await evaluateThere(network, batch, [point, point], software);
    for (const [what, error] of Object.entries(errors(result as PlainResult)))
      expect(error, `${what}, software ${software}`).toBeLessThan(1e-5);
  }
});

/** One stride of each window and shape, and every other network once. */
const networks = layerNetworks().filter(
  ({ name }, i) =>
    !/stride/.test(name) || /^(both|max|conv 3|depthwise 5)/.test(name) || i % 3 === 0,
);
for (const keep of ["all", "states"] as const)
  test(`computes every kind of layer as the oracle does, keeping ${keep}`, async () => {
    for (const { name, network, batch } of networks) {
      const point = randomPoint(network, batch);
      const want = oracle(network, batch, point as Parameters<typeof oracle>[2]);
      const [, result] = await page.evaluate((args) => engine.evaluate(...args), [
        network,
        batch,
        [plain(point), plain(point)],
        { keep },
      ] as const);
      expect(Math.abs((result?.loss ?? Number.NaN) - want.loss), name).toBeLessThan(2e-5);
      expect(distance(result?.weights ?? [], want.weights), name).toBeLessThan(2e-5);
      const mixture = Object.values(want.mixture).flatMap((m) => Array.from(m));
      expect(distance(values(result?.mixture), mixture), name).toBeLessThan(2e-5);
    }
  });

test("judges a genotype's network as WebAssembly does, with the moments of another batch", async () => {
  const there = await page.evaluate(() => engine.judge());
  await selectBackend("cpu");
  const here = await judged(bindWasm, () => memory().numTensors);
  expect(there.left).toBe(0);
  expect(distance(there.moments, here.moments)).toBeLessThan(1e-4);
  for (const how of ["own", "given"] as const) {
    expect(Math.abs((there[how][0] as number) - (here[how][0] as number)), how).toBeLessThan(1e-4);
    expect(there[how][1], how).toBe(here[how][1]);
  }
  expect(Math.abs((here.own[0] as number) - (here.given[0] as number))).toBeGreaterThan(1e-2);
});

test("gives some edges' gradient by the mixture for less than all", async () => {
  const network = darts(4, 3, 2, 8);
  const point = { ...randomPoint(network, 6), wrt: "mixture" as const };
  const some = { ...point, learning: { normal: [4], reduce: [2] } };
  const [all, part] = (await evaluateThere(network, 6, [point, some])) as [
    PlainResult,
    PlainResult,
  ];
  for (const [group, edges] of Object.entries(some.learning))
    expect(part.mixture?.[group]).toEqual(
      all.mixture?.[group]?.map((g, i) => (edges.includes(Math.floor(i / 8)) ? g : 0)),
    );
  expect(part.loss).toBe(all.loss);
  expect(part.dispatches).toBeLessThanOrEqual(all.dispatches);
});

test("switches candidates and gradients off without compiling again", async () => {
  const network = darts(4, 3, 2, 8);
  const batch = 6;
  const point = randomPoint(network, batch);
  const masks: readonly (Active | undefined)[] = [
    undefined,
    { normal: [[4], [5], [6], [7], [1]], reduce: [[3], [2], [1], [4], [3]] },
    { normal: [[1], [], [2, 3], [0], [1, 2]], reduce: [[0, 1], [3], [], [2, 5], [6]] },
    { normal: [[], [], [], [], []], reduce: [[], [], [], [], []] },
  ];
  const points = masks.flatMap((active) =>
    (["both", "weights", "mixture", "none"] as const).map((wrt) => ({ ...point, active, wrt })),
  );
  const results = await evaluateThere(network, batch, [...points, point]);
  const all = results[0] as PlainResult;
  for (const [m, active] of masks.entries()) {
    const [both, weights, mixture, none] = results.slice(4 * m) as [
      PlainResult,
      PlainResult,
      PlainResult,
      PlainResult,
    ];
    const there = await evaluate(network, batch, { ...point, active });
    expect(both.loss).toBeCloseTo(there.loss, 4);
    expect(distance(both.weights ?? [], there.weights ?? [])).toBeLessThan(2e-5);
    const expected = Object.values(there.mixture ?? {}).flatMap((part) => Array.from(part));
    expect(distance(values(both.mixture), expected)).toBeLessThan(2e-5);
    // The same bits, whatever else is computed.
    expect(weights).toEqual({
      loss: both.loss,
      weights: both.weights,
      dispatches: weights.dispatches,
    });
    expect(mixture).toEqual({
      loss: both.loss,
      mixture: both.mixture,
      dispatches: mixture.dispatches,
    });
    expect(none).toEqual({ loss: both.loss, dispatches: none.dispatches });
    expect(none.dispatches).toBeLessThan(mixture.dispatches);
    expect(mixture.dispatches).toBeLessThan(both.dispatches);
    if (active) expect(both.dispatches).toBeLessThan(all.dispatches);
  }
  expect(results.at(-1)).toEqual(all);
});

test("trains as WebAssembly does, in at most 260 dispatches a step, and leaves no tensor behind", async () => {
  const network = darts(tiny.channels, tiny.cells, tiny.nodes, 16);
  const point = randomPoint(network, tiny.batch);
  const { weights, images, labels } = plain(point);
  const steps = 20;
  const there = await page.evaluate(
    ([sizes, start, steps]) => engine.train(sizes, start, steps, "compiled"),
    [tiny, { weights, images, labels }, steps] as const,
  );
  const executor = await WasmExecutor.create(compile(network, tiny.batch));
  const uniform = Object.fromEntries(
    Object.entries(point.mixture).map(([name, m]) => [name, m.map(() => 1 / 8)]),
  );
  const w = Float32Array.from(weights);
  const velocity = new Float32Array(w.length);
  const losses = Array.from({ length: steps }, () => {
    const at = { ...point, mixture: uniform, weights: w, wrt: "weights" as const };
    const { loss, weights: found } = executor.lossAndGrad(at);
    const gradient = found as Float32Array;
    const norm = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
    const scale = Math.min(1, 5 / (norm + 1e-6));
    for (let i = 0; i < w.length; i++) {
      const [v, g, x] = [velocity[i], gradient[i], w[i]] as [number, number, number];
      velocity[i] = 0.9 * v + scale * g + 3e-4 * x;
      w[i] = x - 0.025 * (velocity[i] as number);
    }
    return loss;
  });
  executor.dispose();
  expect(there.losses.at(-1)).toBeLessThan(there.losses[0] as number);
  // Rounding grows along the way; α starts at random values of about 1e-3, here it is uniform.
  expect(distance(there.losses, losses)).toBeLessThan(1e-2);
  expect(distance(there.weights, w)).toBeLessThan(1e-2);
  expect(new Set(there.tensors.slice(1)).size).toBe(1);
  expect(there.compiled.at(-1)).toBe(there.compiled.length - 1);
  const [step] = await evaluateThere(network, tiny.batch, [{ ...point, wrt: "weights" }]);
  expect(step?.dispatches).toBeLessThanOrEqual(260);
});
