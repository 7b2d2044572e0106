/** What axe finds on a page and in its frames of the same origin: what others made, in a sandbox, is not ours to judge. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type axe from "axe-core";
import type { Page } from "playwright-core";

/** The smaller of its two files: each page that is looked at reads it anew. */
const SOURCE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** Everything; or, where the same page was looked at in another theme, colours alone; or also whether text stands out 7 : 1. */
export type Looking = "everything" | "colours" | "high contrast";

const OPTIONS: Readonly<Record<Looking, axe.RunOptions>> = {
  everything: {},
  colours: { runOnly: ["color-contrast", "link-in-text-block"] },
  "high contrast": { rules: { "color-contrast-enhanced": { enabled: true } } },
};

/** Each rule that is broken, with the elements that break it. */
export async function barriersOn(page: Page, looking: Looking): Promise<readonly unknown[]> {
  for (const frame of page.frames()) {
    try {
      if (await frame.evaluate(() => "axe" in window)) continue;
      // Evaluated, since no policy of ours would let it in as a script.
      await frame.evaluate(SOURCE);
    } catch (error) {
      // One that the page has taken away since it was listed has no barriers.
      if (!frame.isDetached()) throw error;
    }
  }
  const options: axe.RunOptions = { ...OPTIONS[looking], resultTypes: ["violations"] };
  const violations = await page.evaluate(async (asked) => {
    const run = (window as unknown as { readonly axe: typeof axe }).axe.run;
    return (await run(document, asked)).violations;
  }, options);
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => [html, failureSummary])]);
}
