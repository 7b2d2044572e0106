/** A phone's share sheet, as the served manifest has it: a form of that method, encoding and names is taken in and saved. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { en } from "../../src/workbench/words/en.ts";
import { good } from "../server/house.ts";
import { saverIn } from "../server/saver.ts";
import { button, openAt } from "./deeds.ts";
import { type OpenWorkbench, openWorkbench } from "./workbench-house.ts";

const { device, save } = en;

interface ShareTarget {
  readonly action: string;
  readonly method: string;
  readonly enctype: string;
  readonly params: {
    readonly title: string;
    readonly text: string;
    readonly url: string;
    readonly files: readonly { readonly name: string; readonly accept: readonly string[] }[];
  };
}

let workbench: OpenWorkbench;
before(async () => {
  workbench = await openWorkbench({ allowPrivate: true });
});
after(() => workbench?.[Symbol.asyncDispose]());

/** Runs in the page: what a phone does with a share target. https://w3c.github.io/web-share-target/ */
function shareBy({ action, method, enctype, params }: ShareTarget, shared: { text: string; url: string }): void {
  const form = document.createElement("form");
  Object.assign(form, { action, method, enctype });
  const field = (name: string, value: string) => Object.assign(document.createElement("input"), { name, value });
  form.append(field(params.title, "Seen"), field(params.text, shared.text), field(params.url, shared.url));
  for (const { name } of params.files) {
    const files = Object.assign(document.createElement("input"), { name, type: "file" });
    const held = new DataTransfer();
    held.items.add(new File(["<title>shared.html</title>"], "shared.html", { type: "text/html" }));
    files.files = held.files;
    form.append(files);
  }
  document.body.append(form);
  form.submit();
}

test("what the manifest offers to share is filled in and waits for Save; then the link is saved and the file sealed", async () => {
  const opened = await openAt("phone", workbench, "/", { serviceWorkers: "allow" });
  const { page, press, complaints, close } = opened;
  const address = await page.locator('link[rel="manifest"]').getAttribute("href");
  const served = await page.request.get(new URL(address ?? "", page.url()).href);
  assert.match(served.headers()["content-type"] ?? "", /^application\/manifest\+json/);
  const manifest = (await served.json()) as { share_target?: ShareTarget; scope: string; display: string };
  const target = manifest.share_target;
  assert.ok(target !== undefined, "it is not in the share sheet");
  assert.ok(new URL(target.action, page.url()).pathname.startsWith(manifest.scope));
  assert.equal(manifest.display, "standalone");
  assert.ok(target.params.files.flatMap(({ accept }) => accept).includes("image/*"));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const shared = { text: "Look at this", url: "http://127.0.0.1:1/shared" };
  // A function goes into the page by its text.
  await page.evaluate(`(${shareBy.toString()})(${JSON.stringify(target)}, ${JSON.stringify(shared)})`);
  await page.getByText(device.sharedKept).waitFor();
  assert.equal(await page.getByLabel(save.links).inputValue(), shared.url);
  const { house, cookie } = workbench;
  assert.deepEqual(await saverIn(house, cookie).batches(), [], "nothing is saved before Save");
  await page.getByLabel(save.from).fill("a neighbour");
  await press(button(page, save.send));
  await page.locator(".saved-row").filter({ hasText: "/shared" }).waitFor();
  await page.getByRole("list", { name: save.handedIn }).getByText("shared.html").waitFor();
  const [batch] = await saverIn(house, cookie).batches();
  assert.deepEqual(
    batch?.links.map(({ url }) => url),
    [shared.url],
  );
  const found = await good(await house.ask("/api/exhibits/counts?text=shared.html", { cookie }));
  assert.equal(((await found.json()) as { total: number }).total, 1);
  assert.deepEqual(complaints, []);
  await close();
});
