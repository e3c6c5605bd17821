/** @file Registry of probes. Adding one: write its file, add its line. */
import { decided } from "./decided.ts";
import { edges } from "./edges.ts";
import { gap } from "./gap.ts";
import { lambda } from "./lambda.ts";
import type { Probe } from "./probe.ts";
import { ranking } from "./ranking.ts";

export const probes: readonly Probe[] = [decided, gap, edges, lambda, ranking];
