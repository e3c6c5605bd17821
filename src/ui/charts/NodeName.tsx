/** @file A node's name with its subscript, in HTML and in SVG. */
import type { Name } from "../viz/cell-names.ts";

/** In HTML text. */
export function NodeName({ name }: { name: Name }) {
  return (
    <>
      {name.base}
      {name.sub && <sub>{name.sub}</sub>}
    </>
  );
}

/** Centred on (x, y) in an SVG, `size` high. */
export function NodeLabel(props: { name: Name; x: number; y: number; size: number }) {
  const { name, x, y, size } = props;
  return (
    <text x={x} y={y + size * 0.34} fontSize={size} textAnchor="middle">
      {name.base}
      {name.sub && (
        <tspan dy={size * 0.22} fontSize={Math.max(12, size * 0.66)}>
          {name.sub}
        </tspan>
      )}
    </text>
  );
}
