/** Find and its charts, on a telephone and at a desk: narrowed by each filter, kept, and counted of exhibits that are known. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { en } from "../../src/workbench/words/en.ts";
import { counted } from "../../src/workbench/words/words.ts";
import { good } from "../server/house.ts";
import { POST, sealActs } from "../server/sealed-exhibits.ts";
import { button, link, openAt, type Size } from "./deeds.ts";
import { type OpenWorkbench, openWorkbench } from "./workbench-house.ts";

const { care, find, look } = en;
const { charts, kept } = find;
/** A Monday. */
const MONDAY = Date.UTC(2026, 1, 2);
const HOUR_MS = 3_600_000;
const at = (day: number, hour: number): string => new Date(MONDAY + (24 * day + hour) * HOUR_MS).toISOString();
/** Title, weekday, hour, and what was found when it was looked at again. */
const POSTS = [
  ["Lane one", 0, 9, "gone"],
  ["Lane two", 0, 9, "unchanged"],
  ["Lane three", 0, 9, undefined],
  ["Lane four", 4, 23, "edited"],
  ["Lane five", 6, 0, "not-reachable"],
  ["Lane six", 6, 0, undefined],
] as const;

let workbench: OpenWorkbench;

before(async () => {
  workbench = await openWorkbench();
  const { house, cookie } = workbench;
  const acts = POSTS.map(([title, day, hour], i) => {
    const url = `https://townsquare.example/p/${i + 1}`;
    return { ...POST, url, finalUrl: url, title, postText: `${title} was empty.`, postedAt: at(day, hour) };
  });
  const ids = await sealActs(house.folder, acts);
  const looks = POSTS.flatMap(([, , , result], i) =>
    result === undefined
      ? []
      : [{ act: "recaptured", recaptureOf: { id: ids[i] as string }, result, url: acts[i]?.url as string }],
  );
  await sealActs(house.folder, looks);
  const json = { reason: "asked for" };
  await good(await house.ask(`/api/exhibits/${ids.at(-1)}`, { method: "DELETE", cookie, json }));
});
after(() => workbench?.[Symbol.asyncDispose]());

/** Once the list says just these. */
async function lists(page: Page, titles: readonly string[]): Promise<void> {
  await page.waitForFunction((wanted) => {
    const shown = [...document.querySelectorAll(".exhibit-link strong")].map((one) => one.textContent ?? "");
    return shown.toSorted().join() === [...wanted].toSorted().join();
  }, titles);
  await page.getByText(counted("en", look.counted, titles.length), { exact: true }).waitFor();
}

/** A table as it is read: the names of its rows, and the number in each. */
const numbersIn = (page: Page, title: string) =>
  page
    .getByRole("region", { name: title, exact: true })
    .locator("table.bars tbody tr")
    .evaluateAll((rows) =>
      Object.fromEntries(
        rows.map((row) => [row.querySelector("th")?.textContent ?? "", Number(row.querySelector("td")?.textContent)]),
      ),
    );

for (const size of ["phone", "desk"] as const satisfies readonly Size[]) {
  test(`${size}: narrowed by state, by whether it still stands, and by time; each leads back to all`, async () => {
    const { page, press, complaints, close } = await openAt(size, workbench, "/find");
    await press(button(page, care.showTitles));
    const all = [...POSTS.slice(0, 5).map(([title]) => title), look.erasedTitle];
    await lists(page, all);
    await page.getByLabel(look.state, { exact: true }).selectOption("erased");
    await lists(page, [look.erasedTitle]);
    await page.getByLabel(look.state, { exact: true }).selectOption("sealed");
    await lists(page, all.slice(0, 5));
    await press(button(page, look.clear));
    for (const [standing, titles] of [
      ["gone", ["Lane one"]],
      ["unchanged", ["Lane two"]],
      ["edited", ["Lane four"]],
      ["not-reachable", ["Lane five"]],
    ] as const) {
      await page.getByLabel(look.standing).selectOption(standing);
      await lists(page, titles);
      await page.locator(".exhibit-row .chip").getByText(look.standings[standing], { exact: true }).waitFor();
    }
    await press(button(page, look.clear));
    await lists(page, all);
    const [today, yesterday, tomorrow] = [0, -1, 1].map((days) =>
      new Date(Date.now() + 24 * days * HOUR_MS).toISOString().slice(0, 10),
    ) as [string, string, string];
    await page.getByLabel(look.from).fill(tomorrow);
    await page.getByText(look.noneFound).waitFor();
    await page.getByLabel(look.from).fill(yesterday);
    await lists(page, all);
    await page.getByLabel(look.to).fill(yesterday);
    await page.getByText(look.noneFound).waitFor();
    await page.getByLabel(look.to).fill(today);
    await lists(page, all);
    assert.match(page.url(), new RegExp(`from=${yesterday}.*to=${today}`));
    assert.deepEqual(complaints, []);
    await close();
  });

  test(`${size}: a search is kept under a name, opened from another window, and deleted`, async () => {
    const name = `Gone from the lane, ${size}`;
    const { page, press, complaints, close } = await openAt(size, workbench, "/find");
    await page.getByLabel(look.search).fill("lane");
    await page.getByLabel(look.standing).selectOption("gone");
    await page.waitForURL(/standing=gone/);
    await press(page.locator("summary", { hasText: kept.title }));
    await page.getByLabel(kept.name).fill(name);
    await press(page.getByLabel(kept.share));
    await press(button(page, kept.keep));
    await link(page, name).waitFor();
    const { house, cookie } = workbench;
    const stored = async () =>
      ((await (await good(await house.ask("/api/searches", { cookie }))).json()) as { searches: readonly object[] })
        .searches;
    const [one] = (await stored()) as readonly { name: string; shared: boolean; search: object }[];
    assert.deepEqual([one?.name, one?.shared, one?.search], [name, true, { text: "lane", standing: "gone" }]);
    const again = await openAt(size, workbench, "/find");
    await again.press(again.page.locator("summary", { hasText: kept.title }));
    await again.press(link(again.page, name));
    await again.press(button(again.page, care.showTitles));
    await lists(again.page, ["Lane one"]);
    assert.equal(await again.page.getByLabel(look.search).inputValue(), "lane");
    assert.equal(await again.page.getByLabel(look.standing).inputValue(), "gone");
    await again.press(button(again.page, new RegExp(`^Delete the search .${name}`)));
    await link(again.page, name).waitFor({ state: "detached" });
    assert.deepEqual(await stored(), []);
    assert.deepEqual([...complaints, ...again.complaints], []);
    await Promise.all([close(), again.close()]);
  });

  test(`${size}: the charts say how many are captured, there and gone, and at which hour of which weekday`, async () => {
    const { page, press, complaints, close } = await openAt(size, workbench, "/find");
    await press(link(page, charts.show));
    await page.getByText(/posts captured\./).waitFor();
    const said = (await page.getByRole("region", { name: charts.standings }).locator("p").first().textContent()) ?? "";
    assert.deepEqual(said.match(/\d+/g)?.map(Number), [6, 4, 2, 1, 1, 1], said);
    assert.deepEqual(await numbersIn(page, charts.standings), {
      [look.standings.unchanged]: 1,
      [look.standings.edited]: 1,
      [look.standings.gone]: 1,
      [look.standings["not-reachable"]]: 1,
      [look.standings.unchecked]: 1,
      [look.states.erased]: 1,
    });
    const hours = page.getByRole("region", { name: charts.hours, exact: true });
    await hours.getByText(/fall on \W?Monday\W? at \W?09:00\W?: \W?3\W?\. Times are UTC/).waitFor();
    await press(hours.locator("summary"));
    const cells = await hours
      .locator("tbody tr")
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll("td")].map((cell) => Number(cell.textContent))),
      );
    const filled = cells.flatMap((row, hour) => row.flatMap((count, day) => (count === 0 ? [] : [[day, hour, count]])));
    assert.deepEqual(filled, [
      [6, 0, 1],
      [0, 9, 3],
      [4, 23, 1],
    ]);
    await page.getByLabel(look.standing).selectOption("gone");
    await hours.getByText(/fall on \W?Monday\W? at \W?09:00\W?: \W?1\W?\./).waitFor();
    await press(link(page, charts.hide));
    await page.locator(".exhibit-row").first().waitFor();
    assert.equal(await page.locator(".exhibit-row").count(), 1, "the list of what was drawn");
    assert.deepEqual(complaints, []);
    await close();
  });
}
