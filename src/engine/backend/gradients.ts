/** @file Registers the gradients of tfjs's kernels, which tfjs-core alone does not (ADR 0005). */
import "@tensorflow/tfjs-core"; // first: its flags are read while gradients are registered
import "#tf-gradients";
