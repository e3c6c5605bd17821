/** @file Which executor computes a problem on which backend. */
import type { BackendId } from "../../protocol/spec.ts";
import type { Bind } from "../problem.ts";
import { bindReference } from "./reference.ts";

/** The way to compute a supernet's loss and gradients on a backend. */
export const binderOf = (_: BackendId): Bind => bindReference;
