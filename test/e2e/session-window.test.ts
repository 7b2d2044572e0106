/** Signing in by hand, in a real window on a screen of its own (Xvfb); the person is played over DevTools. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium, type Page } from "playwright-core";
import { captureAll } from "../../src/app/capture-exhibit.ts";
import type { RecordContext } from "../../src/app/context.ts";
import { exportExhibit } from "../../src/app/export-exhibit.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { type OpenedRecord, openContext } from "../../src/app/open-record.ts";
import { logIn, sessionNamed } from "../../src/app/sessions.ts";
import { verifyFile } from "../../src/app/verify-file.ts";
import { isPlacardError } from "../../src/lib/error.ts";
import { freePort } from "../free-port.ts";
import { findSeeds } from "../seeded-secrets.ts";
import { toldByVerb } from "../told-by-verb.ts";
import { HIDE, MEMBER, type MembersSite, SEEDS, SHORT_NAMES, serveMembers } from "./members-site.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const windowBrowser =
  process.env["PLACARD_WINDOW_BROWSER"] ??
  (process.env["PATH"] ?? "")
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((path) => spawnSync("test", ["-x", path]).status === 0);
const hasScreen = spawnSync("Xvfb", ["-help"]).error === undefined;
/** Named, so that nobody takes a skipped test for one that passed. */
const missing = [
  ...(hasScreen ? [] : ["Xvfb (apt-get install xvfb)"]),
  ...(windowBrowser === undefined ? ["browser with windows (PLACARD_WINDOW_BROWSER=/path/to/chromium)"] : []),
];
const skip = missing.length > 0 && `the window is NOT tested: there is no ${missing.join(" and no ")}`;

let folder: string;
let opened: OpenedRecord;
let site: MembersSite;
let screen: ChildProcess | undefined;
let context: RecordContext;
let port: number;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-window-"));
  await initRecord(join(folder, "record"), { name: "Hollow Lane Residents" });
  opened = await openContext(join(folder, "record"));
  site = await serveMembers();
  if (skip !== false) return;
  const display = await startScreen();
  port = await freePort();
  const wrapper = join(folder, "browser.sh");
  await writeFile(wrapper, `#!/bin/sh\nexec '${windowBrowser}' --remote-debugging-port=${port} "$@"\n`, {
    mode: 0o700,
  });
  const { environment } = opened.context;
  const variables = { ...environment.variables, DISPLAY: display };
  context = { ...opened.context, environment: { ...environment, browser: wrapper, variables } };
});
after(async () => {
  screen?.kill();
  await opened[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** A screen of our own; it tells its number when it is ready. */
async function startScreen(): Promise<string> {
  screen = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let told = "";
  for await (const chunk of screen.stdout as AsyncIterable<Buffer>) {
    told += chunk.toString();
    if (told.includes("\n")) break;
  }
  return `:${told.trim()}`;
}

/** The page that stands in the window, for the person to use. */
async function inWindow<T>(work: (page: Page) => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      const person = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
      const page = person
        .contexts()
        .flatMap((one) => one.pages())
        .find((one) => one.url().startsWith(site.origin));
      if (page === undefined) throw new Error("the page is not there yet");
      return await work(page);
    } catch (error) {
      if (tries > 40) throw error;
      await sleep(250);
    }
  }
}

/** Files of browsers' own temporary profiles in which a secret of the site stands. */
async function openProfilesThatTell(): Promise<readonly string[]> {
  const told: string[] = [];
  const profiles = (await readdir(tmpdir())).filter((name) => name.startsWith("playwright_chromiumdev_profile"));
  assert.notEqual(profiles.length, 0);
  for (const profile of profiles) {
    for (const name of await readdir(join(tmpdir(), profile), { recursive: true })) {
      const bytes = await readFile(join(tmpdir(), profile, name)).catch(() => Buffer.alloc(0));
      if (bytes.includes("SEED") || bytes.includes(MEMBER.handle)) told.push(join(profile, name));
    }
  }
  return told;
}

test("a person signs in and closes the window: the session is kept sealed, and captures under it", {
  skip,
}, async () => {
  const signingIn = logIn(context, "lantern", `${site.origin}/home`, {
    allowPrivate: true,
    hide: HIDE,
  });
  signingIn.catch(() => undefined);
  await inWindow(async (page) => {
    assert.equal(await page.evaluate("navigator.webdriver"), false);
    await page.getByLabel("Name").fill(MEMBER.handle);
    await page.getByLabel("Password").fill(MEMBER.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Signed in as").waitFor();
    await sleep(1000);
    assert.deepEqual(await openProfilesThatTell(), []);
    await page.close();
  });
  const session = await signingIn;
  assert.deepEqual([session.name, session.site, session.hide.length], ["lantern", site.origin, HIDE.length]);
  const { state } = await sessionNamed(opened.context, "lantern");
  const told = JSON.stringify(state);
  for (const seed of [SEEDS.session, SEEDS.remember, SEEDS.stored, SEEDS.indexed]) assert.ok(told.includes(seed), seed);
  for (const name of await readdir(join(folder, "record"), { recursive: true })) {
    const bytes = await readFile(join(folder, "record", name)).catch(() => Buffer.alloc(0));
    assert.deepEqual(await findSeeds(name, bytes, [...Object.values(SEEDS), MEMBER.password]), []);
  }
  const [outcome] = await captureAll(opened.context, [site.link], { allowPrivate: true, session: "lantern" });
  assert.equal(outcome?.outcome, "sealed", JSON.stringify(outcome));
  const file = join(folder, "lantern.placard");
  await exportExhibit(opened.context, (outcome as { id: string }).id, file);
  assert.equal((await verifyFile(file)).verdict, "holds");
  const seeds = [...Object.values(SEEDS), ...Object.values(SHORT_NAMES), MEMBER.name, MEMBER.handle, MEMBER.password];
  assert.deepEqual(await findSeeds("file", await readFile(file), seeds), []);
});

test("a window that is closed before the site left anything keeps nothing; Ctrl-C keeps nothing", {
  skip,
}, async () => {
  const early = logIn(context, "early", `${site.origin}/plain`, { allowPrivate: true, hideNothing: true });
  early.catch(() => undefined);
  await inWindow((page) => page.close());
  await assert.rejects(early, (error) => isPlacardError(error, "not_captured"));
  const stop = new AbortController();
  const stopped = logIn(context, "stopped", `${site.origin}/plain`, {
    allowPrivate: true,
    hideNothing: true,
    signal: stop.signal,
  });
  stopped.catch(() => undefined);
  await inWindow(async () => stop.abort());
  await assert.rejects(stopped, (error) => isPlacardError(error, "cancelled"));
  for (const name of ["early", "stopped"]) {
    await assert.rejects(sessionNamed(opened.context, name), (error) => isPlacardError(error, "not_found"));
  }
});

test("without a screen, or a browser that has windows, it says what is missing and how to come by it", async () => {
  const { environment } = opened.context;
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...variables } = environment.variables;
  const without = { ...opened.context, environment: { ...environment, browser: process.execPath, variables } };
  const bundled = { ...opened.context, settings: { ...opened.context.settings } };
  const wanted = async (which: RecordContext, why: RegExp): Promise<void> => {
    await assert.rejects(
      logIn(which, "lantern", `${site.origin}/home`, { allowPrivate: true, hideNothing: true }),
      (error) => isPlacardError(error, "no_browser") && why.test(error.message) && error.next?.endsWith(".") === true,
    );
  };
  if (process.platform === "linux") await wanted(without, /no screen/);
  if (process.env["PLACARD_BROWSER"] === undefined && process.env["DISPLAY"] === undefined) {
    await wanted(bundled, /can open no window|no screen/);
  }
});

test("a private address is no place to sign in at, unless it is allowed", async () => {
  const hideNothing = true;
  const refused = (error: unknown): boolean => isPlacardError(error, "usage") && !/which names/.test(error.message);
  await assert.rejects(logIn(opened.context, "lantern", site.origin, { hideNothing }), refused);
  await assert.rejects(logIn(opened.context, "../x", site.origin, { allowPrivate: true, hideNothing }), refused);
});

test("it is said which names to take out, or that there is none, before any window opens", async () => {
  await assert.rejects(
    logIn(opened.context, "lantern", site.origin, { allowPrivate: true }),
    (error) => isPlacardError(error, "usage") && /which names/.test(error.message),
  );
  const [record, url] = [join(folder, "record"), "https://townsquare.example/"];
  const { code, said } = await toldByVerb("session", "login", "lantern", url, "--record", record);
  assert.equal(code, 2, said);
  assert.match(said, /not said which names.*--hide-nothing/s);
  const both = await toldByVerb(
    "session",
    "login",
    "lantern",
    url,
    "--hide",
    "Anna",
    "--hide-nothing",
    "--record",
    record,
  );
  assert.equal(both.code, 2);
  assert.match(both.said, /either/);
});
