/**
 * Works through the links in a file, from the record's agenda, and says on standard output what came of each, until it is
 * killed or done. With "quick" pages are not captured by a browser but sealed as they are fetched: the agenda, the
 * politeness and the sealing are the real ones.
 */
import { readFileSync, writeSync } from "node:fs";
import { enableCompileCache } from "node:module";

enableCompileCache();
const { captureAll } = await import("../../src/app/capture-exhibit.ts");
const { openContext } = await import("../../src/app/open-record.ts");
const { captureQuickly } = await import("./quick-capture.ts");

const [folder = "", list = "", how = ""] = process.argv.slice(2);
const links = readFileSync(list, "utf8").split("\n").filter(Boolean);
writeSync(1, "ready\n");
const { context } = await openContext(folder);
const listener = {
  onOutcome: (outcome: { readonly url: string; readonly outcome: string }, earlier: boolean) =>
    writeSync(1, `${JSON.stringify({ url: outcome.url, outcome: outcome.outcome, earlier })}\n`),
};
if (how === "quick") await captureQuickly(context, links, listener);
else await captureAll(context, links, { allowPrivate: true, ...listener });
writeSync(1, "done\n");
// Whoever kills it must have something to kill.
setInterval(() => undefined, 1000);
