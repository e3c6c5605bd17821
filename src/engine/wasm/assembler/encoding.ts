/** @file How WebAssembly writes numbers. */

/** An unsigned integer in LEB128. */
export function unsigned(value: number): number[] {
  const out: number[] = [];
  let rest = value;
  do {
    const byte = rest & 0x7f;
    rest >>>= 7;
    out.push(rest ? byte | 0x80 : byte);
  } while (rest);
  return out;
}

/** A signed 32-bit integer in LEB128. */
export function signed(value: number): number[] {
  const out: number[] = [];
  for (let rest = value; ; ) {
    const byte = rest & 0x7f;
    rest >>= 7;
    if ((rest === 0 && !(byte & 0x40)) || (rest === -1 && byte & 0x40)) return [...out, byte];
    out.push(byte | 0x80);
  }
}

/** All parts, one after the other. */
export function bytesOf(
  parts: readonly (readonly number[] | Uint8Array)[],
): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** A 32-bit float, little-endian. */
export const floatBytes = (value: number): number[] => [
  ...new Uint8Array(new Float32Array([value]).buffer),
];
