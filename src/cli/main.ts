/** The command line: reads the words, hands them to the verb, turns errors into exit codes. */
import { letHeapGrow } from "../lib/heap.ts";
import { HELP } from "./help.ts";
import { createOutput, EXIT, reportError } from "./output.ts";

letHeapGrow();
const args = process.argv.slice(2);
// A reader that goes away (`placard list | head`) is no failure of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.holds);
  throw error;
});

if (args.length === 0 || args[0] === "help" || args.includes("--help") || args.includes("-h")) {
  process.stdout.write(HELP);
} else if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
  const { SOFTWARE } = await import("../app/version.ts");
  process.stdout.write(`${SOFTWARE.name} ${SOFTWARE.version}\n`);
} else {
  const output = createOutput(args.includes("--json"));
  try {
    const { run } = await import("./verbs.ts");
    process.exitCode = await run(args, output);
  } catch (error) {
    process.exitCode = reportError(error, output, args[0] ?? "");
  }
}
