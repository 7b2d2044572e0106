/** The verify page in a real browser, from a folder: the same verdict and checks as the function, on every file. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Browser, type Page } from "playwright-core";
import { buildVerifyPage } from "../../scripts/build-verify-page.ts";
import { webAuthorities } from "../../src/app/web-authorities.ts";
import { encodePng } from "../../src/capture/picture/png-writer.ts";
import { concat } from "../../src/lib/bytes.ts";
import type { JsonObject } from "../../src/lib/json.ts";
import { type Verdict, verify } from "../../src/verify/index.ts";
import { he } from "../../src/verify/page/words-he.ts";
import { forgedFiles } from "../forged/forged-files.ts";
import { launchOwnBrowser } from "../own-browser.ts";
import { capturedAct, honestParts, PNG, POLICY, pack, refOf, seal } from "../placard-fixture.ts";
import { redactedParts } from "../redacted-fixture.ts";
import { testWithVectors } from "../shared-vectors.ts";
import { barriersOn } from "./barriers.ts";
import { openVerifyPage } from "./open-verify-page.ts";

interface Told {
  readonly verdict: string | undefined;
  readonly checks: readonly {
    readonly name: string;
    readonly state: string;
    readonly why: string;
    readonly code: string;
  }[];
  readonly id: string;
}

/** In the ordinary run every twelfth. */
const DEEP = process.env["PLACARD_DEEP"] === "1";
const cases = await forgedFiles();
let folder: string;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-verify-page-"));
  await buildVerifyPage(folder);
  browser = await launchOwnBrowser();
  page = await openPage();
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const openPage = (locale?: string): Promise<Page> => openVerifyPage(browser, folder, complaints, locale);

async function ask(bytes: Uint8Array, policy = "", within = page): Promise<Told> {
  await within.locator("#trust").evaluate((details: HTMLDetailsElement) => {
    details.open = true;
  });
  await within.fill("#policy", policy);
  // Whatever is shown of the file before must not pass for the answer.
  await within.locator("#verdict").evaluate((verdict: HTMLElement) => {
    verdict.hidden = true;
    delete verdict.dataset["verdict"];
  });
  const path = join(await mkdtemp(join(folder, "asked-")), "x.placard");
  await writeFile(path, bytes);
  await within.setInputFiles("#file", path);
  await within.locator("#verdict[data-verdict]").waitFor();
  return within.evaluate(() => {
    const text = (inside: Element | Document, selector: string): string =>
      inside.querySelector(selector)?.textContent ?? "";
    return {
      verdict: document.getElementById("verdict")?.dataset["verdict"],
      checks: [...document.querySelectorAll<HTMLElement>(".checks li")].map((item) => ({
        name: item.dataset["name"] ?? "",
        state: item.dataset["state"] ?? "",
        why: text(item, ".why"),
        code: item.dataset["code"] ?? "",
      })),
      id: text(document, "#identity .id"),
    };
  });
}

/** As it stands on the page, which is in English: sentences have no codes there. */
function told({ verdict, checks, exhibit }: Verdict): Told {
  const shown = checks.map(({ name, state, why, code = "" }) => ({ code, name, state, why }));
  return { verdict, checks: shown, id: exhibit?.id ?? "" };
}

test(`page and function agree on ${DEEP ? "every" : "every twelfth"} honest or forged file`, async () => {
  assert.ok(cases.length > 100);
  // Several pages at once, since each waits as much as it works.
  const left = cases.filter((_, i) => DEEP || i % 12 === 0);
  const compare = async (within: Page): Promise<void> => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const { name, bytes, policy } = next;
      const expected = await verify(new Blob([bytes]), {
        startHash: () => createHash("sha256"),
        ...(policy === undefined ? {} : { policy }),
      });
      assert.deepEqual(await ask(bytes, policy, within), told(expected), name);
    }
  };
  await Promise.all([page, await openPage(), await openPage()].map(compare));
  assert.deepEqual(complaints, []);
});

testWithVectors("page and function agree on web archives that others made", "wacz", async (shared) => {
  for (const name of readdirSync(shared)) {
    const bytes = readFileSync(join(shared, name));
    const expected = await verify(new Blob([bytes]), {
      startHash: () => createHash("sha256"),
      webRoots: webAuthorities,
    });
    assert.deepEqual(await ask(bytes), told(expected), name);
  }
  assert.deepEqual(complaints, []);
});

test("what does not hold is named beside its sentence, in the verdict itself", async () => {
  const picture = new Uint8Array(40);
  const sealed = seal({ act: "captured", postPicture: { ...refOf(picture, "image/png"), bytes: 41 } });
  await ask(await pack(await honestParts({ sealed, blobs: [picture] })));
  assert.match((await page.locator("#announced").textContent()) ?? "", /Picture of the post: Its bytes are not those/);
});

test("what a file brings along is shown as text, and turns nothing round", async () => {
  const nasty = "<img src=x onerror=alert(1)><b>\u202eevil\u202c</b> שלום";
  const sealed = seal({ act: "captured", url: nasty, author: nasty, postText: nasty, note: nasty });
  await ask(await pack(await honestParts({ sealed, blobs: [] })));
  const shown = page.locator("dd", { hasText: "onerror" }).first();
  assert.equal(await shown.textContent(), nasty.replace("\u202e", "⟨U+202E⟩").replace("\u202c", "⟨U+202C⟩"));
  assert.equal(await shown.getAttribute("dir"), "auto");
  assert.equal(await page.locator("blockquote").textContent(), nasty, "a quotation is set as it was posted");
  assert.equal(await page.locator("#findings b, #findings img").count(), 0);
  assert.deepEqual(complaints, []);
});

test("a picture is drawn only where it is a PNG and its bytes are those sealed", async () => {
  await ask(await pack(await honestParts()));
  assert.equal(await page.locator("#findings img").count(), 1);
  // The same picture with an animation's control chunk behind its header.
  const control = new Uint8Array(20);
  control.set([0, 0, 0, 8, ...new TextEncoder().encode("acTL"), 0, 0, 0, 1]);
  const moving = concat(PNG.subarray(0, 33), control, PNG.subarray(33));
  const animated = seal({ act: "captured", screenshot: { ...refOf(moving, "image/png") } });
  await ask(await pack(await honestParts({ sealed: animated, blobs: [moving] })));
  assert.equal(await page.locator("#findings img").count(), 0, "what moves is no screenshot");
  const { act, blobs } = await capturedAct();
  const alone = seal({ ...act, postPicture: { ...(act["screenshot"] as JsonObject) } });
  await ask(await pack(await honestParts({ sealed: alone, blobs })));
  const undrawn = page.locator("#findings img:not([src])");
  assert.equal(await undrawn.count(), 2, "nothing is decoded before it is asked for");
  await page.getByText("Show it").click();
  assert.equal(await undrawn.count(), 0);
  await page.locator("#findings img").first().evaluate("(image) => image.decode()");
  assert.deepEqual(
    await page.locator("#findings img:visible").evaluateAll((all) => all.map((image) => image.getAttribute("alt"))),
    ["Picture of the post as it was recorded"],
  );
  await page.getByText("The whole page").click();
  assert.equal(await page.locator("#findings img:visible").count(), 2);
  const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
  for (const mediaType of ["image/png", "image/svg+xml"]) {
    const sealed = seal({ act: "captured", screenshot: { ...refOf(svg, mediaType) } });
    const found = await ask(await pack(await honestParts({ sealed, blobs: [svg] })));
    assert.equal(found.checks.find(({ name }) => name === "screenshot")?.state, "holds");
    assert.equal(await page.locator("#findings img").count(), 0, mediaType);
  }
  assert.deepEqual(complaints, []);
});

test("what is withheld of a picture is hatched, just there; a forged one is not drawn at all", async () => {
  const { parts, whole } = await redactedParts();
  const found = await ask(await pack(parts));
  assert.equal(found.checks.find(({ name }) => name === "redacted picture")?.state, "holds");
  const image = page.locator("#findings .redacted img");
  assert.equal(await image.getAttribute("src"), null, "nothing is decoded before it is asked for");
  await page.getByText("Show it").click();
  await image.evaluate("(image) => image.decode()");
  assert.deepEqual(
    await page
      .locator(".redacted rect[fill]")
      .evaluateAll((all) =>
        all.map((box) => ["x", "y", "width", "height"].map((side) => Number(box.getAttribute(side)))),
      ),
    [
      [64, 0, 64, 64],
      [128, 64, 22, 36],
    ],
  );
  const [picture, hatching] = await Promise.all([image.boundingBox(), page.locator(".redacted svg").boundingBox()]);
  assert.ok(
    picture !== null &&
      hatching !== null &&
      Math.abs(picture.width - hatching.width) <= 2 &&
      Math.abs(picture.x - hatching.x) <= 1,
  );
  const forged = {
    ...parts,
    redacted: { picture: await encodePng(whole), proof: parts.redacted?.proof as Uint8Array },
  };
  const refused = await ask(await pack(forged));
  assert.equal(refused.checks.find(({ name }) => name === "redacted picture")?.state, "fails");
  assert.equal(await page.locator("#findings img").count(), 0);
  assert.deepEqual(complaints, []);
});

test("a file can be dropped anywhere, and the page works by keyboard alone", async () => {
  const bytes = [...(await pack(await honestParts()))];
  await page.reload();
  await page.evaluate((content) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(content)], "dropped.placard"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, bytes);
  await page.locator('#verdict[data-verdict="holds"]').waitFor();
  assert.match(await page.title(), /^Everything holds: dropped\.placard$/);
  await page.reload();
  const reached: string[] = [];
  for (let i = 0; i < 4; i++) {
    await page.keyboard.press("Tab");
    reached.push(await page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName || ""));
  }
  assert.ok(reached.includes("file") && reached.includes("SUMMARY"), reached.join());
});

test("a policy that cannot be used is explained where it is written", async () => {
  await page.reload();
  await page.locator("summary").first().click();
  await page.fill("#policy", "quorum nobody\n");
  await page.setInputFiles("#file", { name: "x.placard", mimeType: "", buffer: Buffer.from("x") });
  await page.getByText("Line 1 of the policy").waitFor();
  assert.equal(await page.locator("#policy").isVisible(), true);
});

test("a policy file is taken byte for byte, as the command line takes it", async () => {
  page = await openPage();
  const buffer = Buffer.from(`\ufeff${POLICY}`);
  await page.setInputFiles("#file", {
    name: "x.placard",
    mimeType: "",
    buffer: Buffer.from(await pack(await honestParts())),
  });
  await page.locator("#verdict[data-verdict]").waitFor();
  await page.setInputFiles("#policy-file", { name: "policy", mimeType: "text/plain", buffer });
  await page.getByText("Line 1 of the policy").waitFor();
});

test("a Hebrew reader is spoken to in Hebrew, from right to left, and in English where they ask for it", async () => {
  const hebrew = await openPage("he-IL");
  const whole = await pack(await honestParts());
  assert.equal(await hebrew.locator("h1").textContent(), he.still.ask);
  for (const [bytes, policy] of [
    [new Uint8Array(9), ""],
    [whole, POLICY],
    [whole, ""],
  ] as const) {
    const found = await ask(bytes, policy, hebrew);
    assert.ok(found.verdict !== undefined && found.checks.length > 0);
    assert.deepEqual(await hebrew.locator("html").evaluate(({ lang, dir }: HTMLElement) => [lang, dir]), ["he", "rtl"]);
    const all = await hebrew.evaluate(() => {
      const main = document.querySelector("main") as HTMLElement;
      // What the file brought along, and the names that fields are sealed under.
      for (const theirs of main.querySelectorAll("dd, .whole, .id, .words, .key-words, .label:first-child, blockquote"))
        theirs.remove();
      return [...main.querySelectorAll("h1, h2, p, dt, li, label, button, summary")].map(
        ({ textContent }) => textContent ?? "",
      );
    });
    assert.ok(all.length > 10);
    for (const said of all.filter((text) => /\p{L}/u.test(text))) assert.match(said, /[\u05d0-\u05ea]/, said);
    await hebrew.reload();
  }
  const found = await ask(whole, POLICY, hebrew);
  assert.match(found.checks.find(({ name }) => name === "act")?.why ?? "", /15 במרץ 2026, \u206608:12:00 UTC\u2069/);
  assert.match((await hebrew.locator(".fact").allTextContents()).join(), /פורסם14 במרץ 2026, \u206621:07:00 UTC\u2069/);
  assert.deepEqual(await barriersOn(hebrew, "everything"), []);
  assert.equal(await hebrew.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  const shots = process.env["PLACARD_SHOTS"];
  if (shots) await hebrew.screenshot({ path: `${shots}/verify-hebrew.png`, fullPage: true });
  await hebrew.getByRole("button", { name: "English" }).click();
  assert.equal(await hebrew.locator("#announced h1").textContent(), "Everything holds");
  assert.deepEqual(await hebrew.locator("html").evaluate(({ lang, dir }: HTMLElement) => [lang, dir]), [
    "en-GB",
    "ltr",
  ]);
  assert.deepEqual(await ask(whole, POLICY, hebrew), await ask(whole, POLICY), "as to whoever reads English");
  await hebrew.close();
  assert.deepEqual(complaints, []);
});

test("nothing stands in the way of any reader, in light or in dark", async () => {
  const { bytes } = cases.find(({ name }) => name === "an extra blob") ?? assert.fail();
  for (const file of [undefined, await pack(await honestParts()), bytes, new Uint8Array(9)]) {
    await page.emulateMedia({ colorScheme: "light" });
    await page.reload();
    if (file !== undefined) await ask(file, POLICY);
    assert.deepEqual(await barriersOn(page, "everything"), []);
    await page.emulateMedia({ colorScheme: "dark" });
    // Only colours are other in the dark.
    assert.deepEqual(await barriersOn(page, "colours"), []);
    const isWide = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    assert.equal(isWide, false);
  }
});
