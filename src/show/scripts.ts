/** Which of the world's scripts a browser can show here: in the typefaces of placards, and in the machine's own, as pages are shown. */
import { chromium } from "playwright-core";
import { fontRules } from "./fonts.ts";
import { missingGlyphs } from "./missing-glyphs.ts";
import { TEXT } from "./style.ts";

/** A letter or two of each. */
const SAMPLES: Readonly<Record<string, string>> = {
  Latin: "éß",
  Greek: "λω",
  Cyrillic: "жя",
  Hebrew: "שם",
  Arabic: "سم",
  Devanagari: "हक",
  Thai: "กม",
  Chinese: "汉語",
  Japanese: "あア",
  Korean: "한글",
  emoji: "🙂",
};
const PATIENCE = 30_000;

export interface ScriptsShown {
  /** Names of scripts that would come out as empty boxes. */
  readonly notOnPlacards: readonly string[];
  readonly notOnPages: readonly string[];
}

/** Starts the browser once, without network. Throws what Playwright throws where it does not start. */
export async function scriptsShown(browser: {
  readonly path: string;
  readonly env: Record<string, string>;
}): Promise<ScriptsShown> {
  const running = await chromium.launch({ executablePath: browser.path, env: browser.env, timeout: PATIENCE });
  try {
    const page = await (await running.newContext({ offline: true })).newPage();
    const all = Object.values(SAMPLES).join("");
    await page.setContent(`<!doctype html><style>${fontRules(all)}</style><p style='font-family:${TEXT}'>${all}</p>`);
    await page.evaluate("document.fonts.ready.then(() => undefined)");
    const missingIn = async (family: string): Promise<readonly string[]> => {
      const call = `(${missingGlyphs})(${JSON.stringify(all)}, ${JSON.stringify(family)})`;
      const missing = new Set(await page.evaluate<readonly string[]>(call));
      return Object.entries(SAMPLES).flatMap(([name, sample]) =>
        Array.from(sample).some((character) => missing.has(character)) ? [name] : [],
      );
    };
    return { notOnPlacards: await missingIn(TEXT), notOnPages: await missingIn("sans-serif") };
  } finally {
    await running.close();
  }
}
