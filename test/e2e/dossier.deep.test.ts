/** A dossier in a browser: read out without barriers, light and dark; and as the PDF that it prints. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { openRecord, type PlacardRecord } from "../../src/app/record.ts";
import { printDossierIn } from "../../src/show/dossier/print.ts";
import { launchOwnBrowser } from "../own-browser.ts";
import { SECRETS, secretCase } from "../secret-case.ts";
import { findSeeds } from "../seeded-secrets.ts";
import { toldByVerb } from "../told-by-verb.ts";
import { barriersOn } from "./barriers.ts";
import { pdfSizes, pdfTexts } from "./pdf-pages.ts";

let folder: string;
let browser: Browser;
let record: PlacardRecord;
let made: Awaited<ReturnType<typeof secretCase>>;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-dossier-"));
  browser = await launchOwnBrowser();
  made = await secretCase(join(folder, "record"));
  record = await openRecord(join(folder, "record"));
});
after(async () => {
  await record[Symbol.asyncDispose]();
  await browser.close();
  await rm(folder, { recursive: true });
});

async function pageOf(language: "en" | "he"): Promise<{ readonly file: string; readonly html: string }> {
  const { bytes } = await record.dossier(made.caseName, "html", { language, also: [made.erased] });
  const file = join(folder, `${language}.html`);
  await writeFile(file, bytes);
  return { file, html: new TextDecoder().decode(bytes) };
}

test("it has no barriers, light and dark, narrow and wide, in both languages; its policy lets all of it in", async () => {
  for (const [language, colorScheme, width] of [
    ["en", "light", 1280],
    ["he", "dark", 390],
  ] as const) {
    const { file } = await pageOf(language);
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    await page.goto(pathToFileURL(file).href);
    assert.equal(await page.locator("blockquote").first().isVisible(), false, "covered until asked for");
    for (const summary of await page.locator("summary").all()) await summary.click();
    assert.equal(await page.locator("blockquote").first().isVisible(), true);
    assert.deepEqual(await barriersOn(page, "everything"), []);
    const { scroll, client } = await page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      client: document.documentElement.clientWidth,
    }));
    assert.ok(scroll <= client, `${scroll} is wider than ${client}`);
    await page.emulateMedia({ colorScheme: colorScheme === "dark" ? "light" : "dark" });
    assert.deepEqual(await barriersOn(page, "colours"), []);
    assert.deepEqual(complaints, []);
    const shots = process.env["PLACARD_SHOTS"];
    if (shots) await page.screenshot({ path: join(shots, `dossier-${language}.png`), fullPage: true });
    await page.close();
  }
});

test("it prints as A4 with numbered pages, and nothing that may not be shown is in the file", async () => {
  for (const language of ["en", "he"] as const) {
    const { html } = await pageOf(language);
    const pdf = await printDossierIn(browser, html);
    const file = join(folder, `${language}.pdf`);
    await writeFile(file, pdf);
    const sizes = pdfSizes(file);
    assert.deepEqual([...new Set(sizes.map(String))], ["210,297"]);
    assert.deepEqual(await findSeeds(file, pdf, SECRETS), []);
    const texts = pdfTexts(file);
    if (texts === undefined) continue;
    const told = [...texts, execFileSync("pdfinfo", [file], { encoding: "utf8" })].join("\n").toLowerCase();
    const flat = told.replace(/\s+/g, "");
    for (const secret of SECRETS) assert.ok(!flat.includes(secret.toLowerCase().replace(/\s+/g, "")), secret);
    assert.ok(told.replace(/\s+/g, " ").includes("they said it at the notice board."));
    for (const { id } of Object.values(made.way)) assert.ok(flat.includes(id.toLowerCase()));
    for (const [i, text] of texts.entries()) {
      if (language === "en") assert.ok(text.includes(`Page ${i + 1} of ${texts.length}`), `page ${i + 1}`);
      assert.equal(/Hollow Lane Residents · The lamps/.test(text), i > 0, `the head of page ${i + 1}`);
    }
  }
});

test("the command line writes either form, and says how much is in it", async () => {
  const on = ["--record", join(folder, "record")] as const;
  const file = join(folder, "made.pdf");
  assert.equal((await toldByVerb("dossier", made.caseName, "--out", file, "--language", "he", ...on)).code, 0);
  assert.ok(pdfSizes(file).length > 3);
  for (const [args, said] of [
    [["dossier", "None", "--out", file], /There is no case “None”/],
    [["dossier", made.caseName, "--out", join(folder, "made.doc")], /neither a \.pdf nor a \.html/],
    [["dossier", made.caseName, "--out", file, "--language", "fr"], /no language that dossiers speak/],
  ] as const) {
    const told = await toldByVerb(...args, ...on);
    assert.equal(told.code, 2);
    assert.match(told.said, said);
  }
});
