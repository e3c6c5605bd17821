/** @file Classes of images, each with its count and its first images. */
import { useEffect, useRef } from "react";
import { type OwnImages, ownImageLimits } from "../../protocol/own-images.ts";
import { formatCount } from "../parts/format.ts";
import styles from "./ImagesDialog.module.css";

const { size } = ownImageLimits;
const area = size * size * 3;
/** Images shown of a class. */
const shown = 12;

export function ClassList({ images }: { readonly images: OwnImages }) {
  const labels = new Uint8Array(images.labels);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <ul className={styles["classes"]} tabIndex={0} aria-label="Classes">
      {images.classes.map((name, label) => {
        const own = [...labels.keys()].filter((i) => labels[i] === label);
        return (
          <li key={name}>
            <span>
              <b>{name}</b> {formatCount(own.length)}
            </span>
            <Thumbnails name={name} pixels={images.pixels} chosen={own.slice(0, shown)} />
          </li>
        );
      })}
    </ul>
  );
}

interface ThumbnailsProps {
  readonly name: string;
  readonly pixels: ArrayBuffer;
  readonly chosen: readonly number[];
}

function Thumbnails({ name, pixels, chosen }: ThumbnailsProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const bytes = new Uint8Array(pixels);
    for (const [place, image] of chosen.entries()) {
      const square = context.createImageData(size, size);
      for (let p = 0; p < size * size; p++) {
        const at = image * area + 3 * p;
        square.data.set(bytes.subarray(at, at + 3), 4 * p);
        square.data[4 * p + 3] = 255;
      }
      context.putImageData(square, place * size, 0);
    }
  });
  return (
    <canvas
      ref={canvas}
      className={styles["thumbnails"]}
      width={shown * size}
      height={size}
      role="img"
      aria-label={`Images of ${name}`}
    />
  );
}
