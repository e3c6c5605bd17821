/** @file The examples that a step has drawn: images as thumbnails, texts as they are, one batch beside the other. */
import { useEffect, useRef } from "react";
import type { Examples, Explained } from "../../protocol/explained.ts";
import { plural } from "../parts/format.ts";
import styles from "./DrawnBatches.module.css";

/** As many of a batch are shown. */
const most = { images: 40, texts: 6 };

export function DrawnBatches({ explained }: { readonly explained: Explained | undefined }) {
  if (!explained) return <p className="soft">The step is being computed…</p>;
  const { train, val } = explained;
  return (
    <div className={styles["batches"]}>
      {train && <Batch name="train, for w" examples={train} />}
      {val && <Batch name="val, for α" examples={val} />}
    </div>
  );
}

interface BatchProps {
  readonly name: string;
  readonly examples: Examples;
}

function Batch({ name, examples }: BatchProps) {
  const count = examples.kind === "images" ? examples.classes.length : examples.texts.length;
  const left = count - Math.min(count, most[examples.kind]);
  return (
    <figure className={styles["batch"]}>
      <figcaption>
        <b>{name}</b> {left > 0 && <span className="soft">and {left} more</span>}
      </figcaption>
      {examples.kind === "images" ? (
        <Thumbnails name={name} images={examples} />
      ) : (
        <ul className={styles["texts"]} aria-label={`Batch ${name}`}>
          {examples.texts.slice(0, most.texts).map((text, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a batch is drawn once, and may hold a text twice
            <li key={i}>{text.replaceAll("\n", "⏎")}</li>
          ))}
        </ul>
      )}
    </figure>
  );
}

interface ThumbnailsProps {
  readonly name: string;
  readonly images: Extract<Examples, { readonly kind: "images" }>;
}

/** Pixels between two images. */
const gap = 1;

function Thumbnails({ name, images }: ThumbnailsProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { size, pixels, classes } = images;
  const count = Math.min(most.images, classes.length);
  const columns = Math.ceil(count / (count > 20 ? 2 : 1));
  const rows = Math.ceil(count / columns);
  const [width, height] = [columns, rows].map((n) => n * (size + gap) - gap) as [number, number];
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    context.clearRect(0, 0, width, height);
    for (let i = 0; i < count; i++) {
      const [x, y] = [i % columns, Math.floor(i / columns)].map((n) => n * (size + gap));
      context.putImageData(pictureOf(pixels, i, size), x as number, y as number);
    }
  }, [pixels, size, count, columns, width, height]);
  return (
    <canvas
      ref={canvas}
      className={styles["thumbnails"]}
      width={width}
      height={height}
      style={{ aspectRatio: `${width} / ${height}`, width: `${1.5 * width}px` }}
      role="img"
      aria-label={`Batch ${name}: ${plural(classes.length, "image")}, ${countsOf(classes)}`}
    />
  );
}

function pictureOf(pixels: Uint8Array, i: number, size: number): ImageData {
  const picture = new ImageData(size, size);
  const first = i * size * size;
  for (let p = 0; p < size * size; p++) {
    picture.data.set(pixels.subarray(3 * (first + p), 3 * (first + p) + 3), 4 * p);
    picture.data[4 * p + 3] = 255;
  }
  return picture;
}

/** "3 ship, 2 cat", the most frequent first. */
function countsOf(classes: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of classes) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");
}
