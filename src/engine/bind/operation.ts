/** @file A bound problem's loss as one differentiable tfjs operation, for other tfjs code to build on. */
import {
  customGrad,
  type GradSaveFunc,
  mul,
  type Scalar,
  type Tensor,
  zerosLike,
} from "@tensorflow/tfjs-core";
import type { Params } from "../core/params.ts";
import type { Batch, MixtureWeights, Problem } from "../problem.ts";

/** Mean loss over the batch; the tape sees one operation with the leaves of both trees as its inputs. */
type LossOperation = (weights: Params, mixture: MixtureWeights, batch: Batch) => Scalar;

/**
 * The loss with the problem's own gradients: tfjs's optimisers, `grads` and `variableGrads` work on it as on any other
 * operation. The gradients are computed along with the value, on the device of the tensors.
 */
export const lossOperation =
  (problem: Problem): LossOperation =>
  (weights, mixture, batch) => {
    const operation = customGrad((...inputs) => {
      const save = inputs.pop() as GradSaveFunc;
      const point = problem.lossAndGrad(weights, { weights: mixture }, batch, "both");
      save([...leaves(weights, point.weights), ...leaves(mixture, point.mixture)]);
      const gradFunc = (dy: Tensor, saved: Tensor[]) => saved.map((slope) => mul(slope, dy));
      return { value: point.loss, gradFunc };
    });
    return operation(...Object.values(weights), ...Object.values(mixture)) as Scalar;
  };

/** A gradient tree in the order of the tree it is of; the loss does not reach what has no leaf. */
const leaves = (tree: Params, gradient: Params): Tensor[] =>
  Object.entries(tree).map(([key, x]) => gradient[key] ?? zerosLike(x));
