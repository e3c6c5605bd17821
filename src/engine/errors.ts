/** @file The engine's errors, one for each thing a caller can do something about. */

/** A spec names something that does not exist, or things that do not fit together. */
export class SpecError extends Error {
  override readonly name = "SpecError";
}
/** A hyper-parameter is unknown, out of its range, or fixed once a run has started. */
export class HyperError extends Error {
  override readonly name = "HyperError";
}
/** A data file is missing, damaged or malformed; trying again may help. */
export class DatasetError extends Error {
  override readonly name = "DatasetError";
}
/** No backend works here, or the one in use has failed. */
export class BackendError extends Error {
  override readonly name = "BackendError";
}
/** A checkpoint's bytes cannot be read, or belong to another run. */
export class CheckpointError extends Error {
  override readonly name = "CheckpointError";
}
/** A loss has become infinite or not a number. */
export class DivergedError extends Error {
  override readonly name = "DivergedError";
}
