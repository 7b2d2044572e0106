/** Look and Show, on a telephone and at a desk: checked, handed out, met elsewhere; placards chosen, looked at, printed. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { verifyFile } from "../../src/app/verify-file.ts";
import { type Forum, startForum } from "../../src/sample/forum.ts";
import { en } from "../../src/workbench/words/en.ts";
import { counted, fill } from "../../src/workbench/words/words.ts";
import { MOVING } from "../sample-media.ts";
import { good } from "../server/house.ts";
import { saverIn } from "../server/saver.ts";
import { POST, sealPosts } from "../server/sealed-exhibits.ts";
import { button, link, openAt, type Size } from "./deeds.ts";
import { pdfSizes, pdfTexts } from "./pdf-pages.ts";
import { type OpenWorkbench, openWorkbench } from "./workbench-house.ts";

const { care, evidence, look, show } = en;
const MEDIA = [{ bytes: MOVING, mediaType: "image/gif" }];
const post = (title: string, postText: string, url: string) => ({ ...POST, title, postText, url, finalUrl: url });

let workbench: OpenWorkbench;
let forum: Forum;
let folder: string;
/** One that was really captured. */
let captured: string;
let sealed: Readonly<Record<"first" | "repeated" | "pictured" | "shared", string>>;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-look-"));
  forum = await startForum();
  workbench = await openWorkbench({ allowPrivate: true });
  const { house, cookie } = workbench;
  const [first = "", repeated = ""] = await sealPosts(house.folder, [
    post("The bins", "They empty the bins on Monday.", "https://townsquare.example/p/1"),
    post("The bins once more", "They empty the bins on Monday.", "https://elsewhere.example/p/2"),
  ]);
  const [pictured = "", shared = ""] = await sealPosts(
    house.folder,
    [
      post("A lantern", "Look at this lantern.", "https://townsquare.example/p/3"),
      post("Whose lantern", "Whose lantern is it?", "https://elsewhere.example/p/4"),
    ],
    MEDIA,
  );
  sealed = { first, repeated, pictured, shared };
  const saver = saverIn(house, cookie);
  await good(await saver.post("/api/captures", { links: forum.postUrl(forum.samplePost) }));
  for (captured = ""; captured === ""; await sleep(200)) {
    const link = (await saver.batches())[0]?.links[0];
    assert.notEqual(link?.state, "not-captured", JSON.stringify(link));
    captured = link?.exhibit ?? "";
  }
});
after(async () => {
  await workbench?.[Symbol.asyncDispose]();
  await forum?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The acts the record tells of an exhibit. */
async function seen(id: string) {
  const { house, cookie } = workbench;
  return (await (await good(await house.ask(`/api/exhibits/${id}`, { cookie }))).json()) as {
    readonly made: readonly { readonly size: string; readonly placards: number }[];
  };
}

for (const size of ["phone", "desk"] as const satisfies readonly Size[]) {
  test(`${size}: it is checked in place, and its proof is handed out as a file that a stranger can check`, async () => {
    const { page, press, complaints, close } = await openAt(size, workbench, `/look/${captured}`);
    await press(button(page, look.check));
    await page.getByRole("heading", { name: "Everything holds" }).waitFor();
    await press(page.locator(".verdict summary", { hasText: look.technical }));
    await page.locator(".verdict .checks").getByText("its signature").waitFor();
    const proof = link(page, look.proof).or(button(page, look.proof));
    const [download] = await Promise.all([page.waitForEvent("download"), press(proof)]);
    assert.equal(download.suggestedFilename(), `${captured}.placard`);
    const file = join(folder, `${size}.placard`);
    await download.saveAs(file);
    const { verdict, checks, exhibit } = await verifyFile(file);
    assert.equal(verdict, "holds", JSON.stringify(checks));
    assert.equal(exhibit?.id, captured);
    assert.deepEqual(complaints, []);
    await close();
  });

  test(`${size}: the same words and the same picture elsewhere are named, covered, and lead there`, async () => {
    const { page, press, complaints, close } = await openAt(size, workbench, `/look/${sealed.first}`);
    const alike = page.getByRole("region", { name: look.alike });
    await alike.getByText(look.why["same-words"]).waitFor();
    assert.doesNotMatch((await alike.textContent()) ?? "", /once more/, "titles are covered");
    await press(button(page, care.showTitles));
    await press(link(alike, "The bins once more"));
    await page.waitForURL(new RegExp(`/look/${sealed.repeated}$`));
    await link(alike, "The bins").waitFor();
    await page.goto(new URL(`/look/${sealed.shared}`, page.url()).href);
    await alike.getByText(look.why["same-file"]).waitFor();
    await press(alike.getByRole("link"));
    await page.waitForURL(new RegExp(`/look/${sealed.pictured}$`));
    assert.deepEqual(complaints, []);
    await close();
  });

  test(`${size}: three are chosen, one is taken off, and the other two are printed behind the steward's sheet`, async (t) => {
    const paper = size === "phone" ? "A4" : "A2";
    const { page, press, close } = await openAt(size, workbench, "/look");
    const [kept, other, off] = [captured, sealed.first, sealed.shared];
    for (const id of [kept, other, off]) await press(page.getByRole("checkbox", { name: new RegExp(id) }));
    await page.getByText(counted("en", look.chosen, 3)).waitFor();
    await press(link(page, look.toPlacard));
    const which = page.getByRole("region", { name: show.which }).getByRole("listitem");
    await which.nth(2).waitFor();
    const row = which.filter({ has: page.locator(`a[href="/look/${off}"]`) });
    await press(button(row, show.remove));
    await row.waitFor({ state: "detached" });
    assert.equal(await which.count(), 2);
    assert.ok(!page.url().includes(off));
    await page.getByLabel(show.headline).fill("Said in public");
    await page.getByLabel(show.size).selectOption(paper);
    await page.waitForURL(/headline=Said/);
    await press(button(page, look.show));
    await page.frameLocator(".preview iframe").getByText("Said in public").first().waitFor({ timeout: 60_000 });
    const [download] = await Promise.all([
      page.waitForEvent("download", { timeout: 60_000 }),
      press(button(page, show.print)),
    ]);
    await page.getByText(show.done).waitFor();
    const file = join(folder, `${size}.pdf`);
    await download.saveAs(file);
    const sheet = paper === "A4" ? [210, 297] : [420, 594];
    assert.deepEqual(pdfSizes(file), [[210, 297], sheet, sheet]);
    const texts = pdfTexts(file);
    if (texts === undefined) t.diagnostic("the printed words were NOT read: there is no pdftotext");
    else {
      const [first = "", ...placards] = texts;
      assert.match(first, /^\s*Who\s*carries\s*what/);
      assert.match(first, /Northside Monitor: 2 placards/);
      for (const id of [kept, other]) assert.ok(first.includes(id), first);
      assert.ok(!texts.join().includes(off), "what was taken off is not printed");
      assert.equal(placards.length, 2);
      for (const [i, id] of [kept, other].entries()) {
        const said = placards[i] ?? "";
        assert.match(said, /Said\s*in\s*public/i);
        assert.ok(said.includes(id), said);
      }
    }
    for (const id of [kept, other]) {
      const { made } = await seen(id);
      assert.ok(
        made.some((one) => one.size === paper && one.placards === 2),
        JSON.stringify(made),
      );
    }
    await press(which.first().getByRole("link").first());
    await page
      .getByRole("region", { name: evidence.made.title })
      .getByText(fill(counted("en", evidence.made.pack, 2), { size: paper }))
      .waitFor();
    await close();
  });
}
