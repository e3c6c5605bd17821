/** @file A cell as a picture to take away: marks of plain numbers and colours, with title and legend. */
import type { AlphaGroup, Force, GenotypeEdge } from "../../protocol/spec.ts";
import { at } from "./at.ts";
import { cellLayout, wideFrame } from "./cell-layout.ts";
import { nodeName, opName, outputName } from "./cell-names.ts";
import { cellRoutes } from "./cell-routes.ts";
import { inkOn, opStyles } from "./color.ts";
import { forceGlyphs, forcePlace } from "./force-marks.ts";
import { mixtureOf } from "./mixture.ts";
import { arrowPath, halfGap, layRope, ropePath, strandBounds, strandPath } from "./rope.ts";

/** A filled or stroked SVG path, or a word; `x` and `y` move it. Colours are `#rrggbb`. */
export type Mark = {
  readonly x?: number;
  readonly y?: number;
  readonly opacity?: number;
} & (
  | {
      readonly path: string;
      readonly fill?: string;
      readonly stroke?: string;
      readonly width?: number;
      readonly dash?: readonly number[];
    }
  | {
      readonly text: string;
      /** After the text, lower and smaller. */
      readonly sub?: string;
      readonly size: number;
      readonly fill: string;
      readonly isBold?: boolean;
      readonly anchor?: "start" | "middle";
    }
);
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly ground: string;
  readonly title: string;
  /** From back to front. */
  readonly marks: readonly Mark[];
}
export type PictureTheme = "light" | "dark";

interface PictureInput {
  readonly group: AlphaGroup;
  /** (edges, ops) row by row. */
  readonly alpha: Float32Array;
  readonly kept: readonly GenotypeEdge[] | undefined;
  readonly forces: readonly Force[];
  /** "Normal cell, DARTS, seed 1, step 120". */
  readonly title: string;
  readonly theme: PictureTheme;
}

/** The stage's own grounds and inks: operation colours are chosen for exactly these. */
const themes = {
  light: { ground: "#ffffff", ink: "#14181d", soft: "#4a5360", line: "#d3d8df" },
  dark: { ground: "#12161c", ink: "#e9edf2", soft: "#aeb7c2", line: "#343d49" },
} as const;
const [margin, head, foot] = [16, 44, 64];
const legendColumn = 172;

/** What the stage shows, still, with all strands. */
export function cellPicture({ group, alpha, kept, forces, title, theme }: PictureInput): Picture {
  const { ground, ink, soft, line } = themes[theme];
  const frame = wideFrame;
  const layout = cellLayout(group, frame);
  const styles = opStyles(group.ops);
  const weights = mixtureOf(group, alpha);
  const isKept = group.edges.map((edge) =>
    kept?.some(({ from, to }) => from === edge.from && to === edge.to),
  );
  const ropes = cellRoutes(group, layout).map((curve) => layRope(curve, frame));
  const order = [...ropes.keys()].sort((a, b) => Number(isKept[a] ?? 0) - Number(isKept[b] ?? 0));
  const circle = (r: number) => `M${r},0A${r},${r} 0 1 1 ${-r},0A${r},${r} 0 1 1 ${r},0Z`;

  const strands = order.flatMap((e): Mark[] => {
    const rope = at(ropes, e);
    const opacity = isKept[e] === false ? 0.35 : 1;
    const row = weights?.subarray(e * styles.length, (e + 1) * styles.length) ?? [];
    const bounds = strandBounds(row);
    const drawn = [...row].map((weight, k): Mark => {
      const gap = halfGap((weight * frame.rope) / 2) / frame.rope;
      const path = strandPath(rope, at(bounds, k) + gap, at(bounds, k + 1) - gap);
      return { path, fill: at(styles, k)[theme], opacity };
    });
    const contour = ropePath(rope);
    const bed: Mark = { path: contour, fill: ground, stroke: line, width: 1, opacity };
    return isKept[e]
      ? [
          { path: contour, stroke: ground, width: 7 },
          bed,
          ...drawn,
          { path: contour, stroke: ink, width: 2 },
          { path: arrowPath(rope, 0.6 * frame.nodeRadius), fill: ink, stroke: ground, width: 1.5 },
        ]
      : [bed, ...drawn];
  });
  const concat: Mark[] = layout.nodes.slice(group.inputs).flatMap(({ x, y }) => {
    const { output } = layout;
    return output
      ? [{ path: `M${x},${y}L${output.x},${output.y}`, stroke: soft, width: 1.5, dash: [2, 4] }]
      : [];
  });
  const places = [
    ...layout.nodes.map((place, node) => ({ ...place, name: nodeName(group, node) })),
    ...(layout.output ? [{ ...layout.output, name: outputName }] : []),
  ];
  const nodes = places.flatMap(({ x, y, name }): Mark[] => [
    { path: circle(frame.nodeRadius), x, y, fill: ground, stroke: ink, width: 2 },
    {
      text: name.base,
      ...(name.sub && { sub: name.sub }),
      ...{ x, y: y + frame.nodeType * 0.34, size: frame.nodeType, fill: ink },
      anchor: "middle",
      isBold: true,
    },
  ]);
  const hands = forces.flatMap((force): Mark[] => {
    const { op, kind } = force;
    const { x, y } = forcePlace(force, forces, ropes);
    return [
      { path: "M-13,-10H31V10H-13Z", x, y, fill: ground, stroke: ink, width: 1.5 },
      ...badge(at(styles, op), theme, x, y),
      { path: forceGlyphs[kind], x: x + 20, y, stroke: ink, width: 1.5 },
    ];
  });
  const legend = styles.flatMap((style, k): Mark[] => {
    const x = (k % 4) * legendColumn + 14;
    const y = frame.height + 18 + 24 * Math.floor(k / 4);
    return [
      ...badge(style, theme, x, y),
      { text: opName(style.op), x: x + 18, y: y + 5, size: 14, fill: ink },
    ];
  });
  const all = [...concat, ...strands, ...nodes, ...hands, ...legend];
  return {
    width: frame.width + 2 * margin,
    height: frame.height + head + foot + margin,
    ground,
    title,
    marks: [
      { text: title, x: margin, y: 28, size: 18, fill: ink, isBold: true },
      ...all.map((mark) => ({ ...mark, x: (mark.x ?? 0) + margin, y: (mark.y ?? 0) + head })),
    ],
  };
}

function badge(
  style: ReturnType<typeof opStyles>[number],
  theme: PictureTheme,
  x: number,
  y: number,
): Mark[] {
  const fill = style[theme];
  return [
    { path: "M-11,-8H11V8H-11Z", x, y, fill },
    {
      text: style.badge,
      x,
      y: y + 4.3,
      size: 12,
      fill: inkOn(fill),
      isBold: true,
      anchor: "middle",
    },
  ];
}

const font = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";
const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const r1 = (v: number) => Number(v.toFixed(1));

/** A whole SVG file. */
export function toSvg({ width, height, ground, title, marks }: Picture): string {
  const drawn = marks.map((mark) => {
    const place = `transform="translate(${r1(mark.x ?? 0)} ${r1(mark.y ?? 0)})"`;
    const opacity =
      mark.opacity === undefined || mark.opacity === 1 ? "" : ` opacity="${mark.opacity}"`;
    if ("path" in mark) {
      const stroke = mark.stroke
        ? ` stroke="${mark.stroke}" stroke-width="${mark.width ?? 1}" stroke-linejoin="round"`
        : "";
      const dash = mark.dash ? ` stroke-dasharray="${mark.dash.join(" ")}"` : "";
      return `<path ${place} d="${mark.path}" fill="${mark.fill ?? "none"}"${stroke}${dash}${opacity}/>`;
    }
    const weight = mark.isBold ? ' font-weight="600"' : "";
    const anchor = mark.anchor === "middle" ? ' text-anchor="middle"' : "";
    const sub = mark.sub
      ? `<tspan dy="${r1(mark.size * 0.22)}" font-size="${r1(mark.size * 0.66)}">${escaped(mark.sub)}</tspan>`
      : "";
    return `<text ${place} font-size="${mark.size}" fill="${mark.fill}"${weight}${anchor}${opacity}>${escaped(mark.text)}${sub}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${font}">`,
    `<title>${escaped(title)}</title>`,
    `<path d="M0,0H${width}V${height}H0Z" fill="${ground}"/>`,
    ...drawn,
    "</svg>\n",
  ].join("\n");
}

/** What of a canvas is drawn on; a fake serves in tests. */
type Brush = Pick<
  CanvasRenderingContext2D,
  | "save"
  | "restore"
  | "scale"
  | "translate"
  | "fill"
  | "stroke"
  | "fillRect"
  | "fillText"
  | "setLineDash"
> & { fillStyle: unknown; strokeStyle: unknown } & Partial<CanvasRenderingContext2D>;

/** The same on a canvas of (width·scale) × (height·scale) px. */
export function paintPicture(brush: Brush, picture: Picture, scale: number): void {
  brush.save();
  brush.scale(scale, scale);
  brush.fillStyle = picture.ground;
  brush.fillRect(0, 0, picture.width, picture.height);
  for (const mark of picture.marks) {
    brush.save();
    brush.translate(mark.x ?? 0, mark.y ?? 0);
    brush.globalAlpha = mark.opacity ?? 1;
    if ("path" in mark) {
      const path = new Path2D(mark.path);
      if (mark.fill) brush.fillStyle = mark.fill;
      if (mark.fill) brush.fill(path);
      if (mark.stroke) {
        brush.strokeStyle = mark.stroke;
        brush.lineWidth = mark.width ?? 1;
        brush.lineJoin = "round";
        brush.setLineDash([...(mark.dash ?? [])]);
        brush.stroke(path);
      }
    } else paintText(brush, mark);
    brush.restore();
  }
  brush.restore();
}

function paintText(brush: Brush, mark: Extract<Mark, { text: string }>): void {
  const fontOf = (size: number) => `${mark.isBold ? 600 : 400} ${size}px ${font}`;
  const widthOf = (text: string, size: number) => {
    brush.font = fontOf(size);
    return brush.measureText?.(text).width ?? 0;
  };
  const small = mark.size * 0.66;
  const width = widthOf(mark.text, mark.size);
  const whole = width + (mark.sub ? widthOf(mark.sub, small) : 0);
  const start = mark.anchor === "middle" ? -whole / 2 : 0;
  brush.fillStyle = mark.fill;
  brush.font = fontOf(mark.size);
  brush.fillText(mark.text, start, 0);
  if (!mark.sub) return;
  brush.font = fontOf(small);
  brush.fillText(mark.sub, start + width, mark.size * 0.22);
}
