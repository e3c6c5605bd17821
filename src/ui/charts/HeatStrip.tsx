/** @file A lane's cell as a small picture: a row an edge, a column a candidate, darker the more it weighs. */
import { useEffect, useRef } from "react";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { redrawOnChange } from "../hooks/redraw.ts";
import { textRate, useTheme } from "../hooks/useMedia.ts";
import { inkOf } from "../viz/ink.ts";
import type { Live } from "../viz/live.ts";
import { mixtureOf } from "../viz/mixture.ts";
import { colorsOf } from "./canvas.ts";
import css from "./HeatStrip.module.css";

interface HeatStripProps {
  /** What it shows, for those who do not see it. */
  readonly label: string;
  readonly group: AlphaGroup;
  /** (edges, ops) row by row. */
  readonly alpha: Live<Float32Array | undefined>;
}

/** Decided twice a second; the picture has as many pixels as α has entries and is stretched. */
export function HeatStrip({ label, group, alpha }: HeatStripProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  useEffect(() => {
    const draw = () => {
      const { current } = canvas;
      const context = current?.getContext("2d");
      if (!current || !context) return;
      const columns = group.ops.length;
      const rows = group.edges.length;
      if (current.width !== columns) current.width = columns;
      if (current.height !== rows) current.height = rows;
      context.clearRect(0, 0, columns, rows);
      context.fillStyle = colorsOf(theme).ink;
      for (const [i, weight] of (mixtureOf(group, alpha.get()) ?? []).entries()) {
        context.globalAlpha = inkOf(group, weight);
        context.fillRect(i % columns, Math.floor(i / columns), 1, 1);
      }
    };
    return redrawOnChange([alpha], draw, textRate);
  }, [group, alpha, theme]);
  return <canvas ref={canvas} className={css["strip"]} role="img" aria-label={label} />;
}
