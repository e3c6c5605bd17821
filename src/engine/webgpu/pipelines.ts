/** @file Compiles the WGSL of kernels to pipelines, without blocking, for one layout of bindings that all of them share. */

import type { Kernel } from "./lower.ts";
import { type Device, GROUP } from "./shader.ts";

/** The batch, which every plane's innermost axis is. */
export interface Lanes {
  /** Padded to whole vectors of four, and as it is. */
  readonly b: number;
  readonly lanes: number;
}

/** A kernel's module. Bindings: planes, scalars, the table of rows, the rows that were chosen, and where they start. */
const moduleCode = (
  { shader, shapes, fixed }: Kernel,
  { b, lanes }: Lanes,
  device: Device,
): string => `
override team: u32 = ${GROUP};
@group(0) @binding(0) var<storage, read_write> planes: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> scalars: array<f32>;
@group(0) @binding(2) var<storage, read> table: array<u32>;
@group(0) @binding(3) var<storage, read> chosen: array<u32>;
@group(0) @binding(4) var<uniform> start: vec4u;
const b4 = ${b / 4}u;
const lanes = ${lanes}u;
${Object.entries(fixed)
  .map(([word, value]) => `const ${word} = ${value}u;`)
  .join("\n")}
${shader.shared ?? ""}
fn positive(x: vec4f) -> vec4f { return vec4f(x > vec4f(0)); }
/** 1 for the lanes of vector i that hold an image, 0 for the others. */
fn counted(i: u32) -> vec4f {
  return ${lanes === b ? "vec4f(1)" : "vec4f(vec4u(0, 1, 2, 3) + 4u * (i % b4) < vec4u(lanes))"};
}
@compute @workgroup_size(${shader.reduces ? "team" : GROUP})
fn main(@builtin(workgroup_id) at: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = at.x; let id = group * ${GROUP}u + lane; let chain = start.x + at.y;
  for (var link = chosen[chain]; link < chosen[chain + 1u]; link++) {
    let row = chosen[link];
    ${shader.words.map((word, i) => (word in fixed ? "" : `let ${word} = table[row + ${i}u];`)).join(" ")}
    ${shader.code(device, shapes)}
  }
}`;

/** The bindings of `moduleCode`; `start` moves with every dispatch. */
export function bindingLayout(device: GPUDevice): GPUBindGroupLayout {
  const types: readonly GPUBufferBindingLayout[] = [
    { type: "storage" },
    { type: "storage" },
    { type: "read-only-storage" },
    { type: "read-only-storage" },
    { type: "uniform", hasDynamicOffset: true, minBindingSize: 16 },
  ];
  return device.createBindGroupLayout({
    entries: types.map((buffer, binding) => ({
      binding,
      visibility: GPUShaderStage.COMPUTE,
      buffer,
    })),
  });
}

/** By code: another run on the same device compiles nothing again. */
const compiled = new WeakMap<GPUDevice, Map<string, Promise<GPUComputePipeline>>>();

/** Compiles kernels side by side. Rejects with the device's message if one is refused. */
export async function compilePipelines(
  device: GPUDevice,
  layout: GPUBindGroupLayout,
  kernels: readonly Kernel[],
  batch: Lanes,
  target: Device,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<ReadonlyMap<string, GPUComputePipeline>> {
  const known = compiled.get(device) ?? new Map<string, Promise<GPUComputePipeline>>();
  compiled.set(device, known);
  const shared = device.createPipelineLayout({ bindGroupLayouts: [layout] });
  let done = 0;
  onProgress(done, kernels.length);
  const made = kernels.map(async (kernel): Promise<[string, GPUComputePipeline]> => {
    const { key, shader } = kernel;
    const code = moduleCode(kernel, batch, target);
    const name = `${target.team} ${code}`;
    const pipeline =
      known.get(name) ??
      device.createComputePipelineAsync({
        label: key,
        layout: shared,
        compute: {
          module: device.createShaderModule({ label: key, code }),
          entryPoint: "main",
          ...(shader.reduces && { constants: { team: target.team } }),
        },
      });
    known.set(name, pipeline);
    const ready = await pipeline;
    onProgress(++done, kernels.length);
    return [key, ready];
  });
  return new Map(await Promise.all(made));
}
