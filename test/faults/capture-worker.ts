/**
 * Captures the links given, again and again, and says on standard output what was sealed as soon as it is acknowledged. What one
 * that was killed had sealed is not said again.
 */
import { writeSync } from "node:fs";
import { enableCompileCache } from "node:module";

enableCompileCache();
const { captureAll } = await import("../../src/app/capture-exhibit.ts");
const { openContext } = await import("../../src/app/open-record.ts");

const [folder = "", ...urls] = process.argv.slice(2);
writeSync(1, "ready\n");
const { context } = await openContext(folder);
for (;;) {
  await captureAll(context, urls, {
    allowPrivate: true,
    onOutcome: (outcome, earlier) => {
      if (earlier) return;
      if (outcome.outcome !== "sealed") throw new Error(outcome.reason);
      writeSync(1, `${outcome.id}\n`);
    },
  });
}
