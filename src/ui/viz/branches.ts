/** @file Lanes and what they branched off from, as the rows of a tree: which line runs from where to where. */

/** A lane as it was when another branched off from it. */
export interface Ancestor {
  /** The same for every branch of it. */
  readonly line: string;
  readonly letter: string;
  readonly method: string;
  /** How many steps it had taken. */
  readonly steps: number;
  /** What it had itself branched off from. */
  readonly origin?: Parting;
}
/** Where a branch parted from its parent: a fork keeps its parent's count of steps, a pruned lane begins its own. */
export interface Parting {
  readonly kind: "fork" | "pruned";
  readonly of: Ancestor;
  readonly steps: number;
}
/** A lane, as far as the tree shows it. */
export interface BranchLane {
  readonly id: string;
  readonly letter: string;
  readonly method: string;
  readonly line?: string;
  /** Taken so far. */
  readonly steps: number;
  /** The step of its newest checkpoint. */
  readonly saved?: number | undefined;
  readonly origin?: Parting | undefined;
}

/** One row of the tree. All places are on one axis, in steps of the first run of its tree. */
export interface Branch {
  readonly key: string;
  /** The lane; undefined for a search that is no longer on the page, but of which a branch is. */
  readonly lane: string | undefined;
  readonly letter: string;
  readonly method: string;
  /** The parent's row; undefined for a trunk. */
  readonly parent: number | undefined;
  /** 1 for a trunk. */
  readonly level: number;
  readonly kind: Parting["kind"] | undefined;
  /** Where it leaves its parent: 0 for a trunk. */
  readonly from: number;
  readonly to: number;
  /** Where its own count of steps begins. */
  readonly zero: number;
  readonly saved: number | undefined;
  /** Whether it is the lane on show, or led to it. */
  readonly isPath: boolean;
  /** From where on it is a future that the lane on show left; undefined for nowhere. */
  readonly ghost: number | undefined;
}

interface Node {
  readonly key: string;
  readonly lane: BranchLane | undefined;
  readonly letter: string;
  readonly method: string;
  readonly origin: Parting | undefined;
  steps: number;
}

/**
 * The tree's rows: trunks in the order of their lanes, then those that are gone, and below each its branches, the latest
 * first, so that no line crosses another. `selected`: the lane on show.
 */
export function branchesOf(lanes: readonly BranchLane[], selected: string): readonly Branch[] {
  const nodes = nodesOf(lanes);
  const rows: Branch[] = [];
  const begins = (node: Node): number => {
    const { origin } = node;
    const parent = origin && nodes.get(origin.of.line);
    if (!origin || !parent) return 0;
    return begins(parent) + (origin.kind === "pruned" ? origin.steps : 0);
  };
  const parts = (node: Node): number => {
    const parent = node.origin && nodes.get(node.origin.of.line);
    return node.origin && parent ? begins(parent) + node.origin.steps : 0;
  };
  const childrenOf = (node: Node | undefined) =>
    [...nodes.values()]
      .filter(({ origin }) => origin?.of.line === node?.key)
      .sort((a, b) => (node ? parts(b) - parts(a) : 0));
  const head = [...nodes.values()].find(({ lane }) => lane?.id === selected);
  const left = new Map<string, number>();
  for (let node = head; node?.origin; node = nodes.get(node.origin.of.line))
    left.set(node.origin.of.line, parts(node));
  const add = (node: Node, parent: number | undefined, level: number) => {
    const [zero, children] = [begins(node), childrenOf(node)];
    const gone = node.lane ? undefined : Math.max(...children.map(parts));
    const row = rows.length;
    rows.push({
      key: node.key,
      lane: node.lane?.id,
      letter: node.letter,
      method: node.method,
      parent,
      level,
      kind: node.origin?.kind,
      from: parts(node),
      to: zero + node.steps,
      zero,
      saved: node.lane?.saved === undefined ? undefined : zero + node.lane.saved,
      isPath: node === head || left.has(node.key),
      ghost: left.get(node.key) ?? gone,
    });
    for (const child of children) add(child, row, level + 1);
  };
  for (const trunk of childrenOf(undefined)) add(trunk, undefined, 1);
  return rows;
}

/** Every lane, and every search that one of them came from, by the name that branches know it by. */
function nodesOf(lanes: readonly BranchLane[]): ReadonlyMap<string, Node> {
  const nodes = new Map<string, Node>();
  for (const lane of lanes) {
    const { letter, method, steps, origin } = lane;
    const key = lane.line ?? lane.id;
    nodes.set(key, { key, lane, letter, method, steps, origin });
  }
  for (const lane of lanes) {
    for (let of = lane.origin?.of; of; of = of.origin?.of) {
      const { line: key, letter, method, steps, origin } = of;
      const known = nodes.get(key);
      if (!known) nodes.set(key, { key, lane: undefined, letter, method, steps, origin });
      else if (!known.lane) known.steps = Math.max(known.steps, steps);
    }
  }
  return nodes;
}
