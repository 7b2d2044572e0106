/**
 * The payloads of test/vectors/xss.txt in what an exhibit's screen tells besides the post: where its sources differ, what was pressed, what a
 * file claims, what is missing of its media; what changed when it was looked at again, and why not; why it was erased. Sealed
 * straight into acts, since few of these pass through a capture. None runs (as workbench-xss.deep.test.ts has it).
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import type { JsonObject } from "../../src/lib/json.ts";
import { IS_WHOLE } from "../fuzz-time.ts";
import { PNG } from "../placard-fixture.ts";
import { good } from "../server/house.ts";
import { POST, sealActs, sealPosts } from "../server/sealed-exhibits.ts";
import { somePayloads, xssPayloads } from "../xss-vectors.ts";
import { wary } from "./wary-page.ts";
import { type OpenWorkbench, openWorkbench } from "./workbench-house.ts";

/** Where random input is given less than its minute, as in CI, one of each kind: what a capture says is tried with all of them elsewhere. */
const PAYLOADS = [...new Set(IS_WHOLE ? xssPayloads : somePayloads)].map((text) => text.toWellFormed());
/** What is looked at again so often shows a payload each time. */
const EACH = 25;
const CHUNKS = Array.from({ length: Math.ceil(PAYLOADS.length / EACH) }, (_, i) =>
  PAYLOADS.slice(EACH * i, EACH * (i + 1)),
);
const TITLES = { "en-GB": "Show titles and links", "he-IL": "להציג כותרות וקישורים" } as const;
type Locale = keyof typeof TITLES;

/** Whatever a capture may say besides the post itself; each name is sealed by some version. */
function sayings(text: string): JsonObject {
  const said = [{ source: text, value: text }];
  return {
    factSources: { author: [text], postText: [text], platform: [`markup (${text})`], title: [`${text} (fetched)`] },
    factConflicts: { author: said, postText: said, replyTo: said, [text]: said },
    factAddresses: { [text]: text },
    steps: [text, "revealed", "refused-consent", "opened-settings", "opened-more"].map((did) => ({ did, words: text })),
    mediaMissing: [{ url: text, why: text }],
    media1About: { url: text, from: text, perceptualHash: { pdq: text, quality: 1 } },
    media: [text],
    redirects: [text],
    browser: { name: text, version: text },
    software: { name: text, version: text },
    activityLink: text,
    atUri: text,
    oembedLink: text,
    postedAt: text,
    editedAt: text,
    timesWithoutZone: ["postedAt", text],
  };
}

const received = (text: string): JsonObject => ({
  act: "received",
  url: "https://townsquare.example/p/88213",
  kind: "html",
  receivedFrom: text,
  receivedBy: text,
  receivedAt: "2026-03-15T08:11:52.000Z",
  fileName: text,
  claims: Object.fromEntries(
    "title author handle platform postedAt editedAt replyTo url finalUrl capturedAt capturedBy"
      .split(" ")
      .concat(text)
      .map((name) => [name, text]),
  ),
  ownChecks: [{ name: text, state: text, why: text }],
});

/** Looked at again, and found otherwise; and not found. */
function lookedAgain(id: string, text: string): readonly JsonObject[] {
  const recaptureOf = { id, leaf: "0".repeat(64), position: 0 };
  const change = { before: text, after: `${text}!` };
  const changes = {
    ...Object.fromEntries(
      ["postText", "author", "handle", "replyTo", "title", "postedAt", "editedAt", text].map((name) => [name, change]),
    ),
    visibleText: { removed: [text, "A notice"], added: ["Another", text], lines: 90 },
    media: { removed: [{ field: text, mediaType: text }], added: [{ field: text }] },
  };
  const comparison = { notCompared: [text, "media"], reencoded: [{ before: text, after: text }] };
  const again = { act: "recaptured", recaptureOf };
  return [
    { ...POST, ...again, result: "edited", changes, comparison },
    { ...again, url: POST["url"] ?? "", result: "not-reachable", cause: text, reason: text, dueAt: text },
    { ...again, url: POST["url"] ?? "", result: text, cause: "timeout", reason: text },
  ];
}

let workbench: OpenWorkbench;
let captured: readonly string[];
let takenIn: readonly string[];
/** One for each chunk. */
let changed: readonly string[];
let foundAgain: readonly string[];
let erased: readonly string[];

before(async () => {
  workbench = await openWorkbench();
  const { folder, house } = workbench.house;
  const picture = [{ bytes: PNG, mediaType: "image/png" }];
  captured = await sealPosts(
    folder,
    PAYLOADS.map((text) => ({ ...POST, ...sayings(text) })),
    picture,
  );
  takenIn = await sealActs(folder, PAYLOADS.map(received));
  changed = await sealPosts(
    folder,
    CHUNKS.map(() => POST),
  );
  const acts = CHUNKS.flatMap((texts, i) => texts.flatMap((text) => lookedAgain(changed[i] ?? "", text)));
  foundAgain = await sealActs(folder, acts);
  const made = CHUNKS.flatMap((texts, i) => texts.map((text) => madeOf(changed[i] ?? "", text)));
  await sealActs(folder, made);
  // One of each chunk's, of an exhibit that stays; and exhibits, one with what was found of it again.
  erased = await sealActs(
    folder,
    CHUNKS.map(() => POST),
  );
  const [recaptureOf = ""] = erased;
  await sealActs(folder, lookedAgain(recaptureOf, PAYLOADS[0] ?? ""));
  for (const [i, texts] of CHUNKS.entries()) {
    await house.record().erase(erased[i] ?? "", texts.join(" "));
    await house.record().erase(foundAgain[3 * EACH * i] ?? "", texts.join(" "));
  }
});
after(() => workbench?.[Symbol.asyncDispose]());

const madeOf = (id: string, text: string): JsonObject => ({
  act: "printed",
  exhibits: [id],
  size: text,
  language: text,
  actor: text,
});

async function open(locale: Locale): Promise<{ readonly page: Page; readonly noticed: readonly string[] }> {
  const { house, cookie } = workbench;
  const json = { language: locale.slice(0, 2) };
  await good(await house.ask("/api/me/preferences", { method: "PATCH", cookie, json }));
  const { page } = await workbench.open("/preferences", { locale });
  const noticed = await wary(page);
  await page.goto(new URL("/look", page.url()).href);
  await page.locator(`html[dir=${locale === "he-IL" ? "rtl" : "ltr"}] h1`).waitFor();
  return { page, noticed };
}

/** As a press of a link goes there, without fetching all anew. */
async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => history.pushState(undefined, "", to), path);
}

/** Opens and uncovers all there is, whatever there is of it; and says what can be read then. */
async function layOpen(page: Page): Promise<string> {
  const covered = page.locator("main .covered-ask button");
  while ((await covered.count()) > 0) await covered.first().click();
  await page.locator("main details").evaluateAll((all: HTMLDetailsElement[]) => {
    for (const one of all) one.open = true;
  });
  return (await page.locator("main").textContent()) ?? "";
}

/** In Hebrew the same is told by other ways: some, then. */
const some = (locale: Locale, ids: readonly string[]): readonly (readonly [id: string, place: number])[] =>
  ids.map((id, place) => [id, place] as const).filter(([, place]) => locale === "en-GB" || place % 8 === 0);

/** Our own sentences leave out or tell what is no sign, and shorten; what has neither can be looked for. */
const isPlain = (text: string): boolean => text.length < 80 && !/[\p{C}\n\t]/u.test(text);

for (const locale of ["en-GB", "he-IL"] as const) {
  test(`where sources differ, what was pressed, what is missing and all technical facts, ${locale}`, async () => {
    const { page, noticed } = await open(locale);
    for (const [id, place] of some(locale, captured)) {
      await go(page, `/look/${id}`);
      await page.locator(`a[href="/api/exhibits/${id}/proof"]`).waitFor();
      const text = PAYLOADS[place] ?? "";
      const read = await layOpen(page);
      // By four sources, with their own names; by five presses; and technically.
      if (isPlain(text)) assert.ok(read.split(text).length > 12, `${text}: ${read}`);
    }
    assert.equal(await page.locator("main").locator("script, iframe, style").count(), 0);
    assert.deepEqual(noticed, []);
  });

  test(`what a file that was handed in claims, ${locale}`, async () => {
    const { page, noticed } = await open(locale);
    for (const [id, place] of some(locale, takenIn)) {
      await go(page, `/look/${id}`);
      await page.locator(`a[href="/api/exhibits/${id}/proof"]`).waitFor();
      // Once for all that this window shows.
      const titles = page.getByRole("button", { name: TITLES[locale], exact: true });
      if ((await titles.count()) > 0) await titles.click();
      const text = PAYLOADS[place] ?? "";
      const read = await layOpen(page);
      if (isPlain(text)) assert.ok(read.split(text).length > 8, `${text}: ${read}`);
    }
    assert.deepEqual(noticed, []);
  });

  test(`what changed, why it was not there, and why that was erased, ${locale}`, async () => {
    const { page, noticed } = await open(locale);
    for (const [id, place] of some(locale, changed)) {
      await go(page, `/look/${id}?tab=changes`);
      const texts = CHUNKS[place] ?? [];
      await page
        .locator(".change")
        .nth(3 * texts.length - 1)
        .waitFor();
      const read = await layOpen(page);
      for (const [i, text] of texts.entries()) {
        // Of the first what had changed was erased: why stands there, and why it was not found the other times.
        const times = read.split(text).length - 1;
        if (isPlain(text)) assert.ok(times >= (i === 0 ? 2 : 8), `${times} of ${text}`);
      }
      assert.ok((await page.locator("del").count()) >= texts.length - 1);
    }
    assert.deepEqual(noticed, []);
  });

  test(`what was found then, and what was erased, ${locale}`, async () => {
    const { page, noticed } = await open(locale);
    for (const [id] of some(locale, [...foundAgain, ...erased])) {
      await go(page, `/look/${id}`);
      await page.getByText(id).first().waitFor();
      await layOpen(page);
    }
    for (const [i, id] of erased.entries()) {
      await go(page, `/look/${id}`);
      await page.getByText(id).first().waitFor();
      const read = (await page.locator("main").textContent()) ?? "";
      for (const text of (CHUNKS[i] ?? []).filter(isPlain)) assert.ok(read.includes(text), text);
    }
    assert.deepEqual(noticed, []);
  });
}
