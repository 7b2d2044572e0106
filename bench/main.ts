/**
 * `npm run bench -- [NAME…] [--install]`: each figure beside its limit or peer, measured in the same run; 1 where a limit is
 * missed. Not a test: machines are noisy. `--install` lets `field` fetch a tool that is no dependency.
 */
import { type Row, verdictOf } from "./row.ts";

interface BenchOptions {
  readonly install: boolean;
}

const suites: Readonly<Record<string, () => Promise<{ bench: (options: BenchOptions) => Promise<readonly Row[]> }>>> = {
  append: () => import("./append.ts"),
  audit: () => import("./audit.ts"),
  cli: () => import("./cli.ts"),
  verify: () => import("./verify.ts"),
  capture: () => import("./capture.ts"),
  pack: () => import("./pack.ts"),
  pages: () => import("./pages.ts"),
  field: () => import("./field.ts"),
  site: () => import("./site.ts"),
};

const INSTALL = "--install";
const given = process.argv.slice(2);
const named = given.filter((word) => word !== INSTALL);
const wanted = named.length > 0 ? named : Object.keys(suites);
const show = (value: number | undefined): string =>
  value === undefined ? "" : value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toPrecision(3);

console.log(
  ["figure".padEnd(58), "value".padStart(9), "unit".padEnd(10), "peer".padStart(9), "ratio".padStart(7), " limit"].join(
    " ",
  ),
);
for (const name of wanted) {
  const suite = suites[name];
  if (suite === undefined) throw new Error(`No bench is called ${name}; there are ${Object.keys(suites).join(", ")}.`);
  for (const row of await (await suite()).bench({ install: given.includes(INSTALL) })) {
    console.log(
      [
        row.name.padEnd(58),
        show(row.value).padStart(9),
        row.unit.padEnd(10),
        show(row.peer).padStart(9),
        show(row.ratio).padStart(7),
        ` ${row.limit ?? ""} ${row.holds === undefined ? "" : verdictOf(row.holds)}`,
      ].join(" "),
    );
  }
}
