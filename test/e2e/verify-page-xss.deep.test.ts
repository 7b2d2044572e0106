/**
 * The payloads of test/vectors/xss.txt in whatever the verify page shows of a file, a policy, or a name: none runs, none fetches
 * anything, none comes so far that the page's policy has to stop it; and each is read as the text it is.
 */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Browser, type Page } from "playwright-core";
import { buildVerifyPage } from "../../scripts/build-verify-page.ts";
import { utf8 } from "../../src/lib/bytes.ts";
import type { Act } from "../../src/record/act.ts";
import { serialise } from "../../src/record/sd-jwt.ts";
import { laidOpen } from "../../src/verify/wording.ts";
import { IS_WHOLE } from "../fuzz-time.ts";
import { testSigner } from "../note-keys.ts";
import { launchOwnBrowser } from "../own-browser.ts";
import { honestParts, membersOf, pack, prove, seal } from "../placard-fixture.ts";
import { zipOf } from "../wacz-fixture.ts";
import { somePayloads, xssPayloads } from "../xss-vectors.ts";
import { layOut, openVerifyPage } from "./open-verify-page.ts";
import { wary } from "./wary-page.ts";

/** Where random input is given less than its minute, as in CI, one of each kind. */
const PAYLOADS = [...new Set(IS_WHOLE ? xssPayloads : somePayloads)].map((text) => text.toWellFormed());
/** Told to people, each beside a label of ours. */
const FACTS: readonly string[] =
  "postedAt editedAt replyTo author handle platform url capturedAt capturedBy receivedFrom receivedAt receivedBy fileName case note".split(
    " ",
  );
/** Only among the technical facts. */
const TECHNICAL: readonly string[] = "activityLink atUri oembedLink byteRecord reason cause result kind".split(" ");
/** What the page is made of: no payload adds to it. */
const ELEMENTS: ReadonlySet<string> = new Set(
  "blockquote button dd details div dl dt figure h1 h2 li ol p section span summary ul".split(" "),
);

let folder: string;
let browser: Browser;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-verify-page-"));
  await buildVerifyPage(folder);
  browser = await launchOwnBrowser();
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly noticed: readonly string[];
}

async function open(locale: string): Promise<Opened> {
  const complaints: string[] = [];
  const page = await openVerifyPage(browser, folder, complaints, locale);
  const noticed = await wary(page);
  await page.reload();
  return { page, complaints, noticed };
}

/** An act whose every field is the payload, or has it wherever a field has texts in it. */
function actOf(text: string): Act {
  const said = { source: text, value: text };
  return {
    act: "captured",
    ...Object.fromEntries([...FACTS, ...TECHNICAL, "title", "postText"].map((name) => [name, text])),
    finalUrl: `${text} and on`,
    redirects: [text],
    browser: { name: text, version: text },
    software: { name: text, version: text },
    steps: [
      { did: text, words: text },
      { did: "revealed", words: text },
    ],
    claims: { title: text, author: text, [text]: text },
    changes: { postText: { before: text, after: text }, visibleText: { removed: [text], added: [text] } },
    factSources: { author: [text], postText: [text] },
    factConflicts: { author: [said], postText: [said], [text]: [said] },
    factAddresses: { [text]: text },
    media: [text],
    mediaMissing: [{ url: text, why: text }],
    media1About: { url: text, from: text },
    shared: { [text]: text },
  };
}

for (const locale of ["en-GB", "he-IL"]) {
  test(`in every field of a file, and in its name, ${locale}`, async () => {
    const { page, complaints, noticed } = await open(locale);
    for (const text of PAYLOADS) {
      const bytes = await pack(await honestParts({ sealed: seal(actOf(text)), blobs: [] }));
      const shown = await layOut(page, `${text}.placard`, bytes);
      assert.equal(shown.verdict, "holds", text);
      assert.deepEqual([shown.title, shown.words], [text, text]);
      const open = laidOpen(text);
      // Each for itself, and once more among the technical ones.
      const alone = shown.facts.filter((fact) => fact === open).length;
      assert.ok(alone >= 2 * FACTS.length + TECHNICAL.length + 2, `${alone} of ${text}`);
      assert.ok(shown.facts.includes(laidOpen(`${text} and on`)), text);
      const foreign = shown.elements.filter((name) => !ELEMENTS.has(name));
      assert.deepEqual(foreign, [], text);
    }
    assert.deepEqual([complaints, noticed], [[], []]);
  });
}

test("in the name of a record, and in the names of what a file should not have in it", async () => {
  const { page, complaints, noticed } = await open("en-GB");
  const whole = membersOf(await honestParts());
  let named = 0;
  for (const text of PAYLOADS) {
    const shown = await layOut(page, "x.placard", await zipOf([...whole, [text, utf8("x")]]));
    assert.equal(shown.verdict, "unreadable", text);
    // A key's name has neither spaces nor plus signs.
    const origin = text.replaceAll(/[\s+\p{C}]/gu, "_");
    const signer = testSigner(origin, 1);
    const sealed = seal({ act: "captured", author: text }, "salt", signer);
    const { proof } = await prove(sealed, { signer });
    const parts = { ...(await honestParts()), act: serialise(sealed), proof, vkey: signer.vkey, blobs: [] };
    const other = await layOut(page, "x.placard", await pack(parts));
    if (other.verdict === "holds" && other.text.includes(origin)) named += 1;
    assert.deepEqual(
      [...shown.elements, ...other.elements].filter((name) => !ELEMENTS.has(name)),
      [],
      text,
    );
  }
  assert.equal(named, PAYLOADS.length);
  assert.deepEqual([complaints, noticed], [[], []]);
});

test("as a file that is none, and as a policy", async () => {
  const { page, complaints, noticed } = await open("en-GB");
  await page.locator("#trust").evaluate((details: HTMLDetailsElement) => {
    details.open = true;
  });
  const says = page.locator("#policy-says");
  for (const text of PAYLOADS) {
    assert.notEqual((await layOut(page, text, utf8(text))).verdict, "holds", text);
    await says.evaluate((line) => line.replaceChildren());
    await page.fill("#policy", `${text}\nquorum ${text}`);
    await page.locator("#use-policy").click();
    await page.waitForFunction(() => document.getElementById("policy-says")?.textContent !== "");
    assert.equal(await says.evaluate((line) => line.childElementCount), 0, text);
    await page.fill("#policy", "");
  }
  assert.deepEqual([complaints, noticed], [[], []]);
});
