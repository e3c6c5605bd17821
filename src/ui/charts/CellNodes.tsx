/** @file A cell's nodes with their names, and below the ropes the thin lines along which nodes are concatenated. */
import type { AlphaGroup } from "../../protocol/spec.ts";
import type { CellLayout } from "../viz/cell-layout.ts";
import { nodeName, outputName, spokenNode } from "../viz/cell-names.ts";
import css from "./CellGraph.module.css";
import { graphicsSymbol } from "./graphics-roles.ts";
import { NodeLabel } from "./NodeName.tsx";

interface CellNodesProps {
  readonly group: AlphaGroup;
  readonly layout: CellLayout;
}

/** From every computed node to the output; nothing where a cell has none of its own. */
export function CellConcat({ group, layout: { nodes, output } }: CellNodesProps) {
  if (!output) return null;
  const lines = nodes
    .slice(group.inputs)
    .map(({ x, y }) => `M${x},${y}L${output.x},${output.y}`)
    .join("");
  return <path className={css["concat"]} d={lines} />;
}

export function CellNodes({ group, layout }: CellNodesProps) {
  const { nodes, output, frame } = layout;
  const places = nodes.map((place, node) => ({
    place,
    name: nodeName(group, node),
    spoken: node < group.inputs ? `input ${spokenNode(group, node)}` : spokenNode(group, node),
    isPort: node < group.inputs,
  }));
  if (output) places.push({ place: output, name: outputName, spoken: "output c_k", isPort: true });
  return (
    <>
      {places.map(({ place, name, spoken, isPort }) => (
        <g key={spoken} {...graphicsSymbol(spoken)} className={css["node"]} data-port={isPort}>
          <circle cx={place.x} cy={place.y} r={frame.nodeRadius} />
          <NodeLabel
            name={name}
            x={place.x}
            y={place.y}
            size={frame.nodeType}
            subSize={frame.subType}
          />
        </g>
      ))}
    </>
  );
}
