/** What the browser that comes with us can draw on a machine that has no typefaces for it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { readEnvironment } from "../../src/app/environment.ts";
import { findBrowser } from "../../src/capture/browser/browser.ts";

test("emoji are drawn in colour, not as boxes", async (t) => {
  const { cacheFolder, variables } = readEnvironment();
  const { path, env, source } = await findBrowser({ cacheFolder, variables });
  if (source !== "bundled") return t.skip("an installed browser is used here, with the typefaces of its system");
  const browser = await chromium.launch({ executablePath: path, env });
  try {
    const page = await browser.newPage();
    const colourful = await page.evaluate(() => {
      const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
      if (context === null) return [];
      context.font = "40px sans-serif";
      return ["🙂", "🏮", "👋🏽", "🇬🇧", "\u{1fffe}", "A"].filter((character) => {
        context.clearRect(0, 0, 300, 150);
        context.fillText(character, 10, 60);
        const { data } = context.getImageData(0, 0, 300, 150);
        return data.some((value, i) => i % 4 === 0 && Math.abs(value - (data[i + 2] ?? 0)) > 60);
      });
    });
    assert.deepEqual(colourful, ["🙂", "🏮", "👋🏽", "🇬🇧"]);
  } finally {
    await browser.close();
  }
});
