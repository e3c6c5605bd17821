/** @file Errors as messages. */
import type { RunError } from "../protocol/messages.ts";

/** The class's name and the message; the only place where the two part. */
export const toRunError = (error: unknown): RunError =>
  error instanceof Error
    ? { code: error.name, message: error.message }
    : { code: "Error", message: String(error) };
