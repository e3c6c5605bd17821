/** @file The layer of the untouched twin's ropes over a cell. */
import { type RefObject, useEffect, useRef } from "react";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { redrawOnChange } from "../hooks/redraw.ts";
import type { Live } from "../viz/live.ts";
import { mixtureOf } from "../viz/mixture.ts";
import { createGhostPainter } from "./ghost-painter.ts";
import type { RopeScene } from "./rope-painter.ts";

interface GhostLayer {
  readonly scene: RopeScene;
  readonly group: AlphaGroup;
  /** (edges, ops) row by row, of the run and of its twin; absent where there is none. */
  readonly alpha: Live<Float32Array | undefined>;
  readonly ghost: Live<Float32Array | undefined> | undefined;
  /** Redraws a second at most. */
  readonly rate: number;
}

/** Returns the layer's ref. */
export function useGhost(props: GhostLayer): RefObject<SVGGElement | null> {
  const { scene, group, alpha, ghost, rate } = props;
  const layer = useRef<SVGGElement>(null);
  useEffect(() => {
    const root = layer.current;
    if (!root || !ghost) return;
    const paint = createGhostPainter(root, scene);
    const draw = () => paint(mixtureOf(group, alpha.get()), mixtureOf(group, ghost.get()));
    const stop = redrawOnChange([alpha, ghost], draw, rate);
    return () => {
      stop();
      root.replaceChildren();
    };
  }, [scene, group, alpha, ghost, rate]);
  return layer;
}
