/** @file A zip's table of contents, read without unpacking, and one entry at a time unpacked within its declared size. */
import { Inflate } from "fflate";
import { count, fileLimits, Refusal, Rejection } from "./limits.ts";

/** A file in a zip. */
export interface ZipEntry {
  readonly path: string;
  /** As the zip declares it, unpacked. */
  readonly bytes: number;
  /** Throws `Rejection` if it is encrypted, packed by an unknown method, or not as large as declared. */
  read(): Uint8Array<ArrayBuffer>;
}

const endSize = 22;
const largestComment = 65_535;
const [endMark, entryMark, fileMark] = [0x06054b50, 0x02014b50, 0x04034b50];
const [stored, deflated] = [0, 8];
/** Packed bytes unpacked at a time: at most a thousandfold comes out before the size is looked at again. */
const portion = 4096;

/** Files of a zip; folders are left out. Throws `Refusal` if it is cut off, larger than allowed, or declares to be. */
export function readZip(bytes: Uint8Array<ArrayBuffer>, name: string): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === undefined)
    throw new Refusal(`${name} is no whole zip: its table of contents, which ends it, is missing`);
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  const total = view.getUint16(end + 10, true);
  let unpacked = 0;
  for (let i = 0; i < total; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== entryMark)
      throw new Refusal(`${name} is damaged: entry ${count(i)} of its ${count(total)} is missing`);
    const nameLength = view.getUint16(at + 28, true);
    const path = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const entry = entryAt(bytes, view, at, path);
    if (!path.endsWith("/")) entries.push(entry);
    unpacked += entry.bytes;
    if (unpacked > fileLimits.unpackedBytes)
      throw new Refusal(
        `${name} declares more than ${count(unpacked)} bytes unpacked; at most ${count(fileLimits.unpackedBytes)} are allowed`,
      );
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** The record that ends a zip; only a comment may come after it. */
function findEnd(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - endSize - largestComment);
  for (let at = view.byteLength - endSize; at >= first; at--)
    if (view.getUint32(at, true) === endMark) return at;
  return undefined;
}

function entryAt(
  bytes: Uint8Array<ArrayBuffer>,
  view: DataView,
  at: number,
  path: string,
): ZipEntry {
  const isLocked = (view.getUint16(at + 8, true) & 1) === 1;
  const method = view.getUint16(at + 10, true);
  const packed = view.getUint32(at + 20, true);
  const size = view.getUint32(at + 24, true);
  const local = view.getUint32(at + 42, true);
  return {
    path,
    bytes: size,
    read() {
      if (isLocked) throw new Rejection("is encrypted");
      if (method !== stored && method !== deflated)
        throw new Rejection(`is packed by method ${method}; ${stored} and ${deflated} are allowed`);
      if (local + 30 > bytes.length || view.getUint32(local, true) !== fileMark)
        throw new Rejection(`is missing at byte ${count(local)} of the zip`);
      const start =
        local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      if (start + packed > bytes.length) throw new Rejection("is cut off");
      const content = bytes.subarray(start, start + packed);
      return method === stored ? exactly(content, size) : unpack(content, size);
    },
  };
}

function unpack(packed: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(size);
  let filled = 0;
  const inflate = new Inflate((part) => {
    if (filled + part.length > size)
      throw new Rejection(`unpacks to more than the ${count(size)} bytes that it declares`);
    out.set(part, filled);
    filled += part.length;
  });
  try {
    for (let at = 0; at < packed.length; at += portion)
      inflate.push(packed.subarray(at, at + portion), at + portion >= packed.length);
  } catch (error) {
    if (error instanceof Rejection) throw error;
    throw new Rejection("is packed wrongly");
  }
  return exactly(out.subarray(0, filled), size);
}

function exactly(found: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  if (found.length === size) return found;
  throw new Rejection(`has ${count(found.length)} bytes; it declares ${count(size)}`);
}
