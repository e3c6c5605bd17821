/** @file Reads the few options of `npm start` and `npm test`. */

/**
 * `--name` sets true, `--name value` sets the value.
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, { value?: RegExp, allowed?: string }>>} options by name; `value` is what its value
 *   must match, absent for a switch; `allowed` says the same to a person
 * @returns {{ ok: true, values: Record<string, string | true> } | { ok: false, reason: string }}
 */
export function parseArgs(args, options) {
  /** @type {Record<string, string | true>} */
  const values = {};
  for (let i = 0; i < args.length; i++) {
    const [arg = "", inline] = (args[i] ?? "").split(/=(.*)/s);
    const option = arg.startsWith("--") ? options[arg.slice(2)] : undefined;
    if (option === undefined) {
      const known = Object.entries(options).map(([name, o]) => `--${name}${o.value ? " …" : ""}`);
      return { ok: false, reason: `no argument "${args[i]}"; there are ${known.join(", ")}` };
    }
    if (option.value === undefined) {
      if (inline !== undefined) return { ok: false, reason: `${arg} takes no value` };
      values[arg.slice(2)] = true;
      continue;
    }
    const value = inline ?? args[++i];
    if (value === undefined || !option.value.test(value)) {
      const given = value === undefined ? "nothing" : `"${value}"`;
      return { ok: false, reason: `${arg} is ${given}; allowed: ${option.allowed}` };
    }
    values[arg.slice(2)] = value;
  }
  return { ok: true, values };
}
