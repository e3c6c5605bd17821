/**
 * @file Finds out how a device likes to sum: in one small team (a device in software runs a waiting workgroup as so many
 * fibers) or with many lanes (hardware). One kernel is timed both ways.
 */
import { geometryOf } from "../compiler/geometry.ts";
import { statistics } from "../kernels/norm/statistics.wgsl.ts";
import { ROW } from "./lower.ts";
import { bindingLayout, compilePipelines } from "./pipelines.ts";
import type { Device, Shader } from "./shader.ts";

/** What code may be written for. */
const devices: readonly [software: Device, hardware: Device] = [
  { team: 4, software: true },
  { team: 64, software: false },
];

const rows = 64;
const geo = geometryOf(16, 16, 16);
/** Timers of browsers are coarse: repeat until one way takes this long. */
const enoughMs = 4;
const found = new WeakMap<GPUDevice, Promise<Device>>();

/** The faster way, measured once a device. */
export function calibrate(device: GPUDevice): Promise<Device> {
  const known = found.get(device) ?? measure(device);
  found.set(device, known);
  return known;
}

async function measure(device: GPUDevice): Promise<Device> {
  const layout = bindingLayout(device);
  const kernel = {
    key: "calibrate",
    shader: statistics as unknown as Shader,
    shapes: [],
    fixed: {},
  };
  const pipelines = await Promise.all(
    devices.map(async (way) => {
      const made = await compilePipelines(device, layout, [kernel], geo, way);
      return { way, pipeline: made.get(kernel.key) as GPUComputePipeline };
    }),
  );
  const { group, buffers } = bindings(device, layout);
  const time = async (pipeline: GPUComputePipeline, count: number): Promise<number> => {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group, [0]);
    for (let i = 0; i < count; i++) pass.dispatchWorkgroups(1, rows);
    pass.end();
    const from = performance.now();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    return performance.now() - from;
  };
  try {
    for (const { pipeline } of pipelines) await time(pipeline, 1);
    for (let count = 1; ; count *= 4) {
      const times: { way: Device; ms: number }[] = [];
      for (const { way, pipeline } of pipelines)
        times.push({ way, ms: await time(pipeline, count) });
      times.sort((a, b) => a.ms - b.ms);
      const [best, worst] = times as [(typeof times)[0], (typeof times)[0]];
      // Hardware may be too fast to tell, and then wants its lanes.
      if (worst.ms > enoughMs && worst.ms > 1.5 * best.ms) return best.way;
      if (count >= 64) return devices[1];
    }
  } finally {
    for (const buffer of buffers) buffer.destroy();
  }
}

/** `rows` rows that all sum the same plane. */
function bindings(device: GPUDevice, layout: GPUBindGroupLayout) {
  const words = Array.from({ length: rows }, (_, i) => ({ y: 0, st: 2 * i, count: geo.size / 4 }));
  const table = words.flatMap((row) => {
    const used = statistics.words.map((word) => row[word]);
    return [...used, ...Array<number>(ROW - used.length).fill(0)];
  });
  // Chain i is the one link at rows + 1 + i.
  const chosen = [
    ...Array.from({ length: rows + 1 }, (_, i) => rows + 1 + i),
    ...Array.from({ length: rows }, (_, i) => i * ROW),
  ];
  const make = (size: number, usage: number): GPUBuffer =>
    device.createBuffer({ size, usage: usage | GPUBufferUsage.COPY_DST });
  const { STORAGE, UNIFORM } = GPUBufferUsage;
  const buffers = [
    make(4 * geo.pitch, STORAGE),
    make(8 * rows, STORAGE),
    make(4 * table.length, STORAGE),
    make(4 * chosen.length, STORAGE),
    make(16, UNIFORM),
  ] as const;
  device.queue.writeBuffer(buffers[2], 0, Uint32Array.from(table));
  device.queue.writeBuffer(buffers[3], 0, Uint32Array.from(chosen));
  const group = device.createBindGroup({
    layout,
    entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
  return { group, buffers };
}
