/** @file Reads fields of a manifest, each with a check that names what is wrong. */
import { DatasetError } from "../../errors.ts";

/** A JSON object. */
export type Fields = Readonly<Record<string, unknown>>;
export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const isString = (value: unknown): value is string =>
  typeof value === "string" && value !== "";
/** A whole number above 0. */
export const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) > 0;
/** A name inside a folder, without a path. */
export const isFileName = (value: unknown): value is string =>
  isString(value) && /^[\w.-]+$/.test(value);
/** 64 hexadecimal digits. */
export const isSha256 = (value: unknown): value is string =>
  isString(value) && /^[0-9a-f]{64}$/.test(value);

/** The value of a field that passes its check; else a `DatasetError` with the field, its value and what is allowed. */
export type ReadField = <T>(
  of: Fields,
  key: string,
  is: (v: unknown) => v is T,
  allowed: string,
) => T;

/** The manifest `file` as an object and a reader of its fields. Throws `DatasetError` if it is no JSON object. */
export function readFields(file: string, text: string): { json: Fields; field: ReadField } {
  const fail = (what: string): never => {
    throw new DatasetError(`${file} is not a manifest: ${what}`);
  };
  const json = parseJson(text);
  if (!isFields(json)) return fail(`it begins ${JSON.stringify(text.slice(0, 40))}`);
  return {
    json,
    field(of, key, is, allowed) {
      const value = of[key];
      return is(value) ? value : fail(`${key} = ${JSON.stringify(value)} is not ${allowed}`);
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
