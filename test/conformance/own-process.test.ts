/**
 * A frame of another site in a process of its own. Installed browsers make it so; the bundled one does only where it is told
 * to, as here. Its traffic must be in the archive as any other.
 */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "../../src/capture/browser/browser.ts";
import { browserFiles, launch } from "../../src/capture/browser/launch.ts";
import { openGate } from "../../src/capture/gate/gate.ts";
import { compare, noFigures } from "../../src/sample/conformance/compare.ts";
import { CONFORMANCE_PAGES } from "../../src/sample/conformance/site.ts";
import { ownBrowser } from "../own-browser.ts";
import { captureUrl } from "./capture-url.ts";
import { exchangesOf } from "./exchanges.ts";
import { assertOthersRead } from "./readers.ts";
import { servePlain } from "./serve-site.ts";

let folder: string;
let browser: Browser;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-frames-"));
  const found = await ownBrowser();
  browser = { ...found, args: [...(found.args ?? []), "--site-per-process"] };
});
after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

/** Addresses of frames that have a process of their own. */
async function framesApart(url: string): Promise<readonly string[]> {
  await using stack = new AsyncDisposableStack();
  const gate = stack.use(await openGate({ mayReach: () => true }));
  const { context, tree } = await launch({ browser, files: browserFiles(folder), gate: gate.port });
  stack.defer(() => tree.end());
  stack.defer(() => context.close());
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(url);
  const session = await context.browser()?.newBrowserCDPSession();
  const told = await session?.send("Target.getTargets", { filter: [{ type: "iframe" }] });
  return told?.targetInfos.map((info) => info.url) ?? [];
}

test("a frame in a process of its own: every request the servers saw is in the archive, and every byte they said", async (t) => {
  await using stack = new AsyncDisposableStack();
  const { main, servers } = await servePlain(stack);
  const foreign = servers.find(({ origin }) => origin !== main.origin);
  assert.deepEqual(await framesApart(`${main.origin}/frames/`), [`${foreign?.origin}/frames/foreign`]);
  const before = servers.map(({ served }) => served.length);
  const captured = await captureUrl(`${main.origin}/frames/`, browser, folder);
  const records = await assertOthersRead(captured.files.archive, join(captured.folder, "read.warc.gz"));
  const figures = noFigures();
  compare(
    servers.flatMap(({ served }, i) => served.slice(before[i])),
    exchangesOf(records),
    figures,
    CONFORMANCE_PAGES,
  );
  t.diagnostic(`requests seen ${figures.seen}, recorded ${figures.recorded}, bodies ${figures.bodies}`);
  assert.deepEqual(figures.wrong, []);
  assert.ok(figures.seen >= 6);
  assert.deepEqual([figures.recorded, figures.bodies, figures.invented], [figures.seen, figures.seen, 0]);
});
