/** @file tfjs tensors as buffers of its WebGPU backend's own device, without copies through the host. */
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { backend, engine, type Tensor } from "@tensorflow/tfjs-core";

const webgpu = (): WebGPUBackend => backend() as WebGPUBackend;

/** The device that tfjs computes on. */
export const tensorDevice = (): GPUDevice => webgpu().device;

/** The buffer of a tensor, 32 bits a number; it stays the tensor's. Small tensors live on the host until asked for. */
export function bufferOf(tensor: Tensor): GPUBuffer {
  webgpu().uploadToGPU(tensor.dataId);
  return webgpu().tensorMap.get(tensor.dataId).resource as GPUBuffer;
}

/** A new tensor on the device, for `bufferOf` to be written to. */
export function emptyTensor(shape: number[]): Tensor {
  const info = webgpu().makeTensorInfo(shape, "float32");
  return engine().makeTensorFromTensorInfo(info);
}

/** Hands the device what tfjs has recorded so far, so that it runs before what is submitted next. */
export function flush(): void {
  webgpu().ensureCommandEncoderReady();
  webgpu().endComputePassEncoder();
  webgpu().submitQueue();
}
