/**
 * A site of ten thousand exhibits, each with a picture and a proof, built and published to a folder: from nothing, and with one more; and how
 * long a visitor waits for a proof to be checked.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildVerifyPage } from "../scripts/build-verify-page.ts";
import { openFolderTarget } from "../src/app/publish/folder-target.ts";
import { preparePublishing } from "../src/app/publish/publish.ts";
import { buildStage } from "../src/app/publish/stage.ts";
import { utf8 } from "../src/lib/bytes.ts";
import { openVerifyPage } from "../test/e2e/open-verify-page.ts";
import { launchOwnBrowser } from "../test/own-browser.ts";
import { pack } from "../test/placard-fixture.ts";
import { redactedParts, smallPicture } from "../test/redacted-fixture.ts";
import { inventedPicture, inventedSite } from "../test/site-fixture.ts";
import { median, type Row } from "./row.ts";

const EXHIBITS = 10_000;
const AGAIN = 3;
const LIMITS = { full: 60, again: 3, checking: 1 };

export async function bench(): Promise<readonly Row[]> {
  const root = await mkdtemp(join(tmpdir(), "placard-bench-site-"));
  try {
    const picture = await inventedPicture(128);
    const publish = async (exhibits: number): Promise<number> => {
      const started = performance.now();
      const folder = join(root, "site");
      const stage = await buildStage(folder, inventedSite({ exhibits, picture }), {
        verifyPage: new Map([["index.html", utf8("the page that checks")]]),
        asTheyAre: [],
      });
      await using target = await openFolderTarget(join(root, "public"));
      await (await preparePublishing({ folder, target, stage })).go();
      return (performance.now() - started) / 1000;
    };
    const full = await publish(EXHIBITS);
    const again: number[] = [];
    for (let i = 1; i <= AGAIN; i++) again.push(await publish(EXHIBITS + i));
    const row = (name: string, value: number, limit: number): Row => ({
      name,
      value,
      unit: "s",
      limit: `< ${limit} s`,
      holds: value < limit,
    });
    const count = EXHIBITS.toLocaleString("en");
    const checking = await checkOnTelephone(root);
    return [
      row(`publishing a site of ${count} exhibits to a folder`, full, LIMITS.full),
      row("the same with one exhibit more", median(again), LIMITS.again),
      row("checking a redacted exhibit on a telephone (processor at a quarter)", checking, LIMITS.checking),
    ];
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** A browser's processor at a quarter of this machine's is what a telephone of the middle has. */
const THROTTLED = 4;
const CHECKS = 5;
/** Of a page that is three screens long. */
const PAGE = { width: 1280, height: 2400 };

/** From the file's being chosen to its verdict's being there; the page itself is loaded already. */
async function checkOnTelephone(root: string): Promise<number> {
  const folder = join(root, "verify");
  await buildVerifyPage(folder);
  const { parts } = await redactedParts([1, 5, 70], [], smallPicture(PAGE.width, PAGE.height));
  const file = { name: "exhibit.placard", mimeType: "", buffer: Buffer.from(await pack(parts)) };
  const browser = await launchOwnBrowser();
  try {
    const took: number[] = [];
    for (let i = 0; i < CHECKS; i++) {
      const page = await openVerifyPage(browser, folder, []);
      const devtools = await page.context().newCDPSession(page);
      await devtools.send("Emulation.setCPUThrottlingRate", { rate: THROTTLED });
      const started = performance.now();
      await page.setInputFiles("#file", file);
      await page.locator("#verdict[data-verdict]:not([hidden])").waitFor();
      took.push((performance.now() - started) / 1000);
      await page.close();
    }
    return median(took);
  } finally {
    await browser.close();
  }
}
