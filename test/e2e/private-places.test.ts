/** Where pages show people: on the threads as each platform has them, and on pages that would have us find too much. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Browser, type Page } from "playwright-core";
import { MARKUP_RULES } from "../../src/capture/facts/markup/rules.ts";
import {
  FIND_PRIVATE_PLACES,
  MOST_PLACES,
  type PlaceBox,
  type PrivatePlaces,
  placeRules,
  soundPlaces,
} from "../../src/capture/page/private-places.ts";
import { type Forum, startForum } from "../../src/sample/forum.ts";
import { MEANT, ORPHAN, QUOTED, ROOT } from "../../src/sample/threads/thread-page.ts";
import { THREAD_PAGES } from "../../src/sample/threads/thread-pages.ts";
import { launchOwnBrowser } from "../own-browser.ts";

let browser: Browser;
let page: Page;
let forum: Forum;

before(async () => {
  browser = await launchOwnBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  forum = await startForum();
});
after(async () => {
  await browser.close();
  await forum.close();
});

async function places(): Promise<PrivatePlaces> {
  const said = await page.evaluate(`(${FIND_PRIVATE_PLACES})(${JSON.stringify(placeRules(MARKUP_RULES))})`);
  return soundPlaces(said) ?? {};
}

/** Where these words stand as all that an element says, by the browser's own measure. */
async function whereSaid(words: string): Promise<readonly PlaceBox[]> {
  return page.evaluate((said) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const boxes: [number, number, number, number][] = [];
    while (walker.nextNode()) {
      const { currentNode: node } = walker;
      if (node.textContent?.trim() !== said || !node.parentElement?.checkVisibility()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const { left, top, right, bottom } = range.getBoundingClientRect();
      const [x, y] = [Math.floor(left + scrollX), Math.floor(top + scrollY)];
      boxes.push([x, y, Math.ceil(right + scrollX) - x, Math.ceil(bottom + scrollY) - y]);
    }
    return boxes;
  }, words);
}

/** To two pixels: how a box around an element and one around its words are rounded differs by so much. */
const isAt = (one: PlaceBox, other: PlaceBox): boolean => one.every((side, i) => Math.abs(side - (other[i] ?? 0)) <= 2);
const overlaps = ([x, y, width, height]: PlaceBox, [left, top, wide, high]: PlaceBox): boolean =>
  x < left + wide && left < x + width && y < top + high && top < y + height;

/** Nothing on the page says that this is a name: a quotation without a link, a handle or a mark. */
const UNMARKED = ["atThread Marrow & Sons"];

for (const [name, { link }] of Object.entries(THREAD_PAGES)) {
  test(`${name}: names and handles are found where they stand, and nothing that was said`, async () => {
    await page.goto(forum.origin + link);
    const found = await places();
    const people = [...(found.name ?? []), ...(found.handle ?? [])];
    for (const { author, handle, text } of [ROOT, MEANT, ORPHAN, QUOTED]) {
      for (const words of [author, `@${handle}`])
        for (const box of await whereSaid(words))
          assert.equal(
            people.some((one) => isAt(one, box)),
            !UNMARKED.includes(`${name} ${words}`),
            `${words} ${box}`,
          );
      for (const box of await whereSaid(text)) assert.ok(!people.some((one) => overlaps(one, box)), text);
    }
    assert.ok(people.length > 0);
  });
}

test("portraits are told from pictures, and what nobody sees is nowhere", async () => {
  await page.setContent(`<article class="h-entry"><img width="48" height="48" alt="" style="position:absolute;left:10px;top:20px">
    <img width="300" height="200" alt="" style="position:absolute;left:100px;top:300px"><img width="12" height="12" alt="">
    <div class="p-author h-card" hidden><b class="p-name">Nobody Sees</b></div></article>
    <p style="position:absolute;left:0;top:600px;margin:0;font:16px/20px monospace">to @fence and a.b@c.example</p>`);
  const { avatar, picture, name, handle } = await places();
  assert.deepEqual([avatar, picture, name], [[[10, 20, 48, 48]], [[100, 300, 300, 200]], undefined]);
  assert.equal(handle?.length, 1, "an address is no handle");
  const [x = 0, y, width = 0, height] = handle[0] ?? [];
  assert.ok(x > 20 && x < 40 && width > 45 && width < 80, `${handle}`);
  assert.ok(y === 600 || (y === 601 && height), `${handle}`);
});

test("a page with more people than we keep, or made to keep us busy, does not", async () => {
  await page.setContent(`${'<b class="username">Wren Alder</b> '.repeat(5000)}<p>${"@wren ".repeat(20_000)}</p>`);
  const before = performance.now();
  const found = await places();
  assert.ok(performance.now() - before < 2_000);
  assert.equal(Object.values(found).flat().length, MOST_PLACES);
  const within = `${"<article>".repeat(300)}${'<a href="/@wren">Wren</a>'.repeat(2000)}${"</article>".repeat(300)}`;
  await page.setContent(within);
  const again = performance.now();
  await places();
  assert.ok(performance.now() - again < 2_000);
});

test("only numbers that can be places are sealed", () => {
  for (const said of [undefined, null, "x", { name: "x" }, { name: [[1, 2, 3]] }, { name: [[0, 0, 0, 5]] }])
    assert.equal(soundPlaces(said), undefined);
  const said = {
    name: [
      [1, 2, 3, 4],
      ["Wren", 2, 3, 4],
      [1.5, 2, 3, 4],
      [1, 2, 3, 2 ** 40],
    ],
    word: [[1, 2, 3, 4]],
  };
  assert.deepEqual(soundPlaces(said), { name: [[1, 2, 3, 4]] });
});
