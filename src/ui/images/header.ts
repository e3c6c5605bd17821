/** @file What a file's first bytes say: whether it is an image that browsers know, and how large it claims to be. */

/** In pixels, before anything is decoded. */
export interface ImageHeader {
  readonly width: number;
  readonly height: number;
}

/** PNG, GIF, BMP, WebP or JPEG; undefined for anything else, and for a header that is cut off. */
export function readHeader(bytes: Uint8Array): ImageHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const says = (at: number, text: string) =>
    [...text].every((c, i) => bytes[at + i] === c.charCodeAt(0));
  try {
    if (says(0, "\x89PNG\r\n\x1a\n") && says(12, "IHDR"))
      return { width: view.getUint32(16), height: view.getUint32(20) };
    if (says(0, "GIF87a") || says(0, "GIF89a"))
      return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    if (says(0, "BM"))
      return {
        width: Math.abs(view.getInt32(18, true)),
        height: Math.abs(view.getInt32(22, true)),
      };
    if (says(0, "RIFF") && says(8, "WEBP")) return webp(view, says);
    if (says(0, "\xff\xd8")) return jpeg(view);
  } catch {
    // Reading past the end: the header is not whole.
  }
  return undefined;
}

function webp(
  view: DataView,
  says: (at: number, text: string) => boolean,
): ImageHeader | undefined {
  if (says(12, "VP8X")) {
    const third = (at: number) => view.getUint16(at, true) + 65_536 * view.getUint8(at + 2);
    return { width: third(24) + 1, height: third(27) + 1 };
  }
  if (says(12, "VP8L")) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (says(12, "VP8 "))
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  return undefined;
}

/** Goes from marker to marker up to the frame's. */
function jpeg(view: DataView): ImageHeader | undefined {
  let at = 2;
  while (view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    // Fill bytes may stand before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}
