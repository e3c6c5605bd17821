/** @file The other cell, small: each edge in the colour of its leading operation, as wide as that weighs; twice a second. */
import { useEffect, useMemo, useRef } from "react";
import type { AlphaGroup, GenotypeEdge } from "../../protocol/spec.ts";
import { redrawOnChange } from "../hooks/redraw.ts";
import { textRate } from "../hooks/useMedia.ts";
import { at } from "../viz/at.ts";
import { cellLayout, type Frame } from "../viz/cell-layout.ts";
import { cellRoutes } from "../viz/cell-routes.ts";
import { opColor, opStyles } from "../viz/color.ts";
import type { Live } from "../viz/live.ts";
import { mixtureOf } from "../viz/mixture.ts";
import css from "./CellThumb.module.css";

const frame: Frame = {
  width: 132,
  height: 78,
  nodeRadius: 4,
  rope: 5,
  port: 2,
  nodeType: 12,
  subType: 12,
  flow: "right",
};

interface CellThumbProps {
  /** "Reduction cell". */
  readonly label: string;
  readonly group: AlphaGroup;
  readonly alpha: Live<Float32Array | undefined>;
  readonly kept: Live<readonly GenotypeEdge[] | undefined>;
  /** Puts it on show. */
  readonly onClick: () => void;
}

export function CellThumb({ label, group, alpha, kept, onClick }: CellThumbProps) {
  const { layout, curves, styles } = useMemo(() => {
    const layout = cellLayout(group, frame);
    return { layout, curves: cellRoutes(group, layout), styles: opStyles(group.ops) };
  }, [group]);
  const layer = useRef<SVGGElement>(null);
  useEffect(() => {
    const draw = () => {
      const weights = mixtureOf(group, alpha.get());
      const genotype = kept.get();
      const ops = group.ops.length;
      for (const [e, path] of [...(layer.current?.children ?? [])].entries()) {
        if (!(path instanceof SVGPathElement)) continue;
        const row = weights?.subarray(e * ops, (e + 1) * ops);
        const { from, to } = at(group.edges, e);
        const top = row ? Math.max(...row) : 0;
        path.style.stroke = row ? opColor(at(styles, row.indexOf(top))) : "";
        path.style.strokeWidth = (1.5 + frame.rope * top).toFixed(1);
        const isKept = genotype?.some((edge) => edge.from === from && edge.to === to);
        path.style.opacity = isKept === false ? "0.35" : "1";
      }
    };
    return redrawOnChange([alpha, kept], draw, textRate);
  }, [group, alpha, kept, styles]);
  const nodes = [...layout.nodes, ...(layout.output ? [layout.output] : [])];
  return (
    <button
      type="button"
      className={css["thumb"]}
      onClick={onClick}
      title={`Show the ${label.toLowerCase()} (N)`}
    >
      <svg viewBox={`0 0 ${frame.width} ${frame.height}`} aria-hidden="true" focusable="false">
        <g ref={layer}>
          {curves.map(({ start, control, end }, e) => (
            <path
              // biome-ignore lint/suspicious/noArrayIndexKey: an edge is its place in the group
              key={e}
              d={`M${start.x},${start.y}Q${control.x},${control.y} ${end.x},${end.y}`}
            />
          ))}
        </g>
        {nodes.map(({ x, y }) => (
          <circle key={`${x} ${y}`} cx={x} cy={y} r={frame.nodeRadius} />
        ))}
      </svg>
      {label}
    </button>
  );
}
