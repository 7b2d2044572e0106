/** Keep, on a telephone and at a desk: a back-up that a fresh house's first page puts back, and a case from one group to another. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { en } from "../../src/workbench/words/en.ts";
import { counted } from "../../src/workbench/words/words.ts";
import { arrive, emailOf, found, good, PASSWORD, SETUP_TOKEN } from "../server/house.ts";
import { button, link, openAt, PATIENCE, pressAt, SIZES, type Size } from "./deeds.ts";
import { type ServedHouse, servedHouse, watchedPage } from "./served-house.ts";
import { type OpenWorkbench, openWorkbench, signIn } from "./workbench-house.ts";

const { enter, keep, look, shell } = en;
const PASSPHRASE = "lantern ladder lattice lemon";

let workbench: OpenWorkbench;
/** Another group's house. */
let theirs: ServedHouse;
let theirCookie: string;
let folder: string;

before(async () => {
  workbench = await openWorkbench();
  folder = await mkdtemp(join(tmpdir(), "placard-deeds-keep-"));
  for (const size of Object.keys(SIZES)) {
    const page = join(folder, `${size}.html`);
    await writeFile(page, `<!doctype html><title>Bins, ${size}</title>`);
    await workbench.house.house.record().import(page, { from: "a neighbour", caseName: `Bins ${size}` });
  }
  theirs = await servedHouse();
  await good(await found(theirs.house, "Southside Watch"));
  theirCookie = (await arrive(theirs.house, emailOf("owner"))).cookie;
});
after(async () => {
  await workbench?.[Symbol.asyncDispose]();
  await theirs?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

for (const size of ["phone", "desk"] as const satisfies readonly Size[]) {
  const press = pressAt(size);

  test(`${size}: a back-up is made, and a house that is not begun yet puts it back from its first page`, async () => {
    const { page, complaints, close } = await openAt(size, workbench, "/");
    await press(page.locator("button.member"));
    await press(link(page, shell.keep));
    await page.locator("input[name=passphrase]").fill(PASSPHRASE);
    await page.locator("input[name=again]").fill(PASSPHRASE);
    const [made] = await Promise.all([page.waitForEvent("download"), press(button(page, keep.backUp.make))]);
    await page.getByText(/^Done: .*It was checked/).waitFor();
    const file = join(folder, `${size}.age`);
    await made.saveAs(file);
    assert.match((await readFile(file, "latin1")).slice(0, 40), /^age-encryption\.org\/v1/);
    await close();

    await using fresh = await servedHouse();
    const { page: first, complaints: there } = await watchedPage(workbench.browser, {
      ...SIZES[size],
      locale: "en-GB",
    });
    first.setDefaultTimeout(PATIENCE);
    await first.goto(`${fresh.url}/start#${SETUP_TOKEN}`);
    await press(button(first, enter.start.orBackUp));
    const choosing = first.waitForEvent("filechooser");
    await press(first.getByLabel(enter.restore.file));
    await (await choosing).setFiles(file);
    await first.locator("input[name=passphrase]").fill(PASSPHRASE);
    await press(button(first, enter.restore.start));
    await first.getByText(enter.restore.holds).waitFor();
    const record = fresh.house.house.record();
    assert.deepEqual(
      (await record.list()).map(({ id }) => id).toSorted(),
      (await workbench.house.house.record().list()).map(({ id }) => id).toSorted(),
    );
    assert.equal((await record.audit()).verdict, "holds");
    // The members are back as well.
    await press(link(first, enter.restore.signIn));
    await first.getByLabel(enter.email).fill(emailOf("owner"));
    await first.locator("input[name=password]").fill(PASSWORD);
    await press(button(first, enter.signIn.enter));
    await first.getByRole("heading", { name: enter.signIn.codeTitle }).waitFor();
    // How far it is is asked once more after it was put back.
    const others = there.filter((one) => !/409/.test(one));
    assert.deepEqual([...complaints, ...others], []);
    await first.context().close();
  });

  test(`${size}: a case is handed out, and another group takes it in as received; taken in again, it is there already`, async () => {
    const name = `Bins ${size}`;
    const { page, complaints, close } = await openAt(size, workbench, "/keep");
    await page.getByLabel(keep.case.which, { exact: true }).selectOption(name);
    const [made] = await Promise.all([page.waitForEvent("download"), press(button(page, keep.case.make))]);
    const file = join(folder, `${size}.zip`);
    await made.saveAs(file);
    await close();

    const { page: other, complaints: there } = await watchedPage(workbench.browser, {
      ...SIZES[size],
      locale: "en-GB",
    });
    other.setDefaultTimeout(PATIENCE);
    await signIn(other, theirs.url, theirCookie);
    await other.goto(`${theirs.url}/keep`);
    const taking = other.getByRole("region", { name: keep.taking.title });
    for (const says of [counted("en", keep.taking.sealed, 1), counted("en", keep.taking.there, 1)]) {
      const choosing = other.waitForEvent("filechooser");
      await press(taking.getByLabel(keep.taking.file));
      await (await choosing).setFiles(file);
      await taking.getByLabel(keep.taking.as).fill(`Theirs ${size}`);
      await press(button(taking, keep.taking.take));
      await taking.getByText(says).waitFor();
    }
    await press(link(taking, keep.taking.look));
    await other.getByText(counted("en", look.counted, 1), { exact: true }).waitFor();
    await press(other.locator(".exhibit-link"));
    await other.getByText("Northside Monitor").first().waitFor();
    const all = await theirs.house.house.record().list();
    const taken = all.filter((one) => one.caseName === `Theirs ${size}`);
    assert.deepEqual(
      taken.map(({ kind }) => kind),
      ["received"],
    );
    assert.equal((await theirs.house.house.record().audit()).verdict, "holds");
    assert.deepEqual([...complaints, ...there], []);
    await other.context().close();
  });
}
