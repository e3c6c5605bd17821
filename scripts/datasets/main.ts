/** @file `npm run datasets -- cifar10|names [--size 8|16|32] [--full]`: builds the data sets under public/datasets. */
import { parseArgs } from "node:util";
import { buildCifar10, sizes } from "./cifar10.ts";
import { buildNames } from "./names.ts";

const usage = `npm run datasets -- cifar10 [--size ${sizes.join("|")}] [--full], or -- names`;
/** Builds a data set, says on the way what it is doing, and returns the folder that it wrote. */
type Build = (say: (line: string) => void) => Promise<string>;

/** What the command line asks for. Throws if it asks for something else. */
function parse(): Build {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      size: { type: "string", default: "16" },
      full: { type: "boolean", default: false },
    },
  });
  const [name] = positionals;
  if (positionals.length !== 1 || (name !== "cifar10" && name !== "names")) {
    throw new Error(`no data set "${positionals.join(" ")}"; there are cifar10, names (${usage})`);
  }
  if (name === "names") return buildNames;
  const size = sizes.find((s) => String(s) === values.size);
  if (size === undefined) {
    throw new Error(`--size ${values.size} is not one of ${sizes.join(", ")}`);
  }
  return (say) => buildCifar10({ size, full: values.full }, say);
}

/** Ends the process with one line on stderr. */
function exit(error: unknown, code: number): never {
  console.error(`datasets: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(code);
}

let build: Build;
try {
  build = parse();
} catch (error) {
  exit(error, 2);
}
try {
  const folder = await build((line) => console.log(line));
  console.log(`wrote ${folder}`);
} catch (error) {
  exit(error, 1);
}
