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

interface NodeLabelProps {
  readonly name: Name;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly subSize: number;
}

/** Centred on (x, y) in an SVG, `size` high, its subscript `subSize`. */
export function NodeLabel({ name, x, y, size, subSize }: NodeLabelProps) {
  return (
    <text x={x} y={y + size * 0.34} fontSize={size} textAnchor="middle">
      {name.base}
      {name.sub && (
        <tspan dy={size * 0.22} fontSize={subSize}>
          {name.sub}
        </tspan>
      )}
    </text>
  );
}
