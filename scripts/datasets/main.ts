/** @file `npm run datasets -- cifar10 [--size 8|16|32] [--full]`: builds the data sets under public/datasets. */
import { parseArgs } from "node:util";
import { buildCifar10, sizes } from "./cifar10.ts";

const usage = `npm run datasets -- cifar10 [--size ${sizes.join("|")}] [--full]`;

/** What the command line asks for. Throws if it asks for something else. */
function parse(): Parameters<typeof buildCifar10>[0] {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      size: { type: "string", default: "16" },
      full: { type: "boolean", default: false },
    },
  });
  if (positionals.length !== 1 || positionals[0] !== "cifar10") {
    throw new Error(`no data set "${positionals.join(" ")}"; there is cifar10 (${usage})`);
  }
  const size = sizes.find((s) => String(s) === values.size);
  if (size === undefined) {
    throw new Error(`--size ${values.size} is not one of ${sizes.join(", ")}`);
  }
  return { size, full: values.full };
}

/** Ends the process with one line on stderr. */
function exit(error: unknown, code: number): never {
  console.error(`datasets: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(code);
}

let options: ReturnType<typeof parse>;
try {
  options = parse();
} catch (error) {
  exit(error, 2);
}
try {
  const folder = await buildCifar10(options, (line) => console.log(line));
  console.log(`wrote ${folder}`);
} catch (error) {
  exit(error, 1);
}
