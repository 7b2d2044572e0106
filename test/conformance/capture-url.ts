/** A capture as a record makes it, without a record: the files are there to be looked at. */
import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { DEFAULT_BOUNDS } from "../../src/capture/browser/bounds.ts";
import type { Browser } from "../../src/capture/browser/browser.ts";
import type { CapturedPage } from "../../src/capture/capture.ts";
import { capturePage } from "../../src/capture/capture-page.ts";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });

/** Captures a page of one's own machine into a folder below `scratchFolder`; the test removes it. */
export async function captureUrl(url: string, browser: Browser, scratchFolder: string): Promise<CapturedPage> {
  const captured = await capturePage(
    { url, allowPrivate: true },
    {
      browser,
      software: { name: "Placard", version: "test" },
      clock: { now: () => Date.now() },
      bounds: DEFAULT_BOUNDS,
      scratchFolder,
      signArchive: (message) => sign("sha256", message, { key: privateKey, dsaEncoding: "ieee-p1363" }),
      publicKeySpki: publicKey.export({ type: "spki", format: "der" }),
    },
  );
  assert.equal(captured.outcome, "captured", JSON.stringify(captured));
  return captured as CapturedPage;
}
