/** Captures in a real browser: what is sealed, what is refused and why, and that nothing is left behind. */
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { findExhibit } from "../../src/app/acts.ts";
import { browserFor } from "../../src/app/browser-for.ts";
import { type CaptureOutcome, captureAll } from "../../src/app/capture-exhibit.ts";
import { exportExhibit } from "../../src/app/export-exhibit.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { type OpenedRecord, openContext } from "../../src/app/open-record.ts";
import { verifyFile } from "../../src/app/verify-file.ts";
import { isPlacardError } from "../../src/lib/error.ts";
import { type Forum, startForum } from "../../src/sample/forum.ts";
import { WALLS } from "../../src/sample/walls.ts";
import { noProcessList, waitForNoneOf } from "../browser-processes.ts";

const DEEP = process.env["PLACARD_DEEP"] === "1";
let folder: string;
let opened: OpenedRecord;
let forum: Forum;
let odd: Awaited<ReturnType<typeof startOddSite>>;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-capture-"));
  await initRecord(join(folder, "record"), { name: "Hollow Lane Residents" });
  // All of these are on one host, which is our own.
  const pace = { perHost: 2, gapSeconds: 0, retries: 0 };
  await writeFile(join(folder, "record", "config.json"), JSON.stringify({ capture: pace }));
  opened = await openContext(join(folder, "record"));
  forum = await startForum();
  odd = await startOddSite();
});
after(async () => {
  await opened[Symbol.asyncDispose]();
  await forum.close();
  odd.close();
  await rm(folder, { recursive: true, force: true });
});

/** Answers that no forum gives on purpose. */
async function startOddSite() {
  const html = (body: string) => (response: ServerResponse) =>
    void response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(`<!doctype html>${body}`);
  const reached: string[] = [];
  const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
    "/file": (response) =>
      void response
        .writeHead(200, { "content-type": "application/zip", "content-disposition": "attachment" })
        .end("PK"),
    "/json": (response) => void response.writeHead(200, { "content-type": "application/json" }).end('{"post":1}'),
    "/round": (response) => void response.writeHead(302, { location: "/round" }).end(),
    "/silence": () => undefined,
    "/late": html(
      "<title>Late</title><body><script>setTimeout(() => document.body.append('A late word.'), 700)</script></body>",
    ),
    "/restless": html(
      "<title>Restless</title><p>The count is <b>0</b>.</p><script>setInterval(() => document.querySelector('b').textContent++, 4)</script>",
    ),
    "/asks": html(
      "<title>Asks</title><p>Read this.</p><script>alert('first'); confirm('then'); window.open('/late')</script>",
    ),
    "/leaves": html("<title>Leaves</title><p>Away.</p><script>location.replace('/arrived')</script>"),
    "/arrived": html("<title>Arrived</title><p>Here it stands.</p>"),
    "/tall": html("<title>Tall</title><p>Top.</p><div style='height:60000px'></div><p>Bottom.</p>"),
  };
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    reached.push(path);
    const found = answers[path];
    if (found === undefined) response.writeHead(404, { "content-type": "text/html" }).end("<p>Not here.");
    else found(response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    reached,
    close: () => (server.closeAllConnections(), server.close()),
  };
}

/** The browser that captures use, and the path of its program. */
async function browserAlone() {
  const browser = await browserFor(opened.context);
  return { browser, found: browser.path };
}

async function capture(...urls: readonly string[]): Promise<readonly CaptureOutcome[]> {
  return captureAll(opened.context, urls, { allowPrivate: true });
}

async function fieldsOf(outcome: CaptureOutcome | undefined): Promise<Readonly<Record<string, unknown>>> {
  assert.equal(outcome?.outcome, "sealed", JSON.stringify(outcome));
  return (await findExhibit(opened.context, (outcome as { id: string }).id)).fields;
}

async function textOf(fields: Readonly<Record<string, unknown>>): Promise<string> {
  const { sha256 } = fields["visibleText"] as { sha256: string };
  return (await opened.context.vault.openBlob(sha256))?.text() ?? assert.fail("no text");
}

async function assertNothingLeft(): Promise<void> {
  assert.deepEqual(readdirSync(opened.context.folder.scratch), []);
  if (noProcessList === false) assert.deepEqual(await waitForNoneOf(folder, 5000), []);
}

test("an obstacle of the sample forum is called by its name, and nothing of it is kept", async () => {
  // Each is judged by its words in walls.test.ts; here what matters is that it comes to nothing.
  const paths = DEEP ? ["/members-only", "/mitglieder", "/checking", "/empty", "/broken"] : ["/members-only", "/empty"];
  const sealed = (await opened.context.index.list()).length;
  const outcomes = await capture(...paths.map((path) => `${forum.origin}${path}`), `${forum.origin}/p/none`);
  assert.deepEqual(
    outcomes.map((outcome) => (outcome.outcome === "sealed" ? "sealed" : outcome.cause)),
    [...paths.map((path) => WALLS[path]?.cause), "http_error"],
  );
  assert.equal((await opened.context.index.list()).length, sealed);
  await assertNothingLeft();
});

test("a file, data, a circle of redirects, a closed port and a name that is not there are no pages", async () => {
  const site = await startOddSite();
  const closed = site.url("/");
  site.close();
  const outcomes = await capture(
    odd.url("/file"),
    odd.url("/json"),
    odd.url("/round"),
    closed,
    "http://nowhere.invalid/",
    "ftp://townsquare.example/",
    "not a link",
  );
  assert.deepEqual(
    outcomes.map((outcome) => (outcome.outcome === "sealed" ? "sealed" : outcome.cause)),
    ["not_a_page", "not_a_page", "unreachable", "unreachable", "unreachable", "refused", "refused"],
  );
  for (const outcome of outcomes) assert.ok(outcome.outcome === "not-captured" && /^[A-Z].*\.$/.test(outcome.reason));
  await assertNothingLeft();
});

test("a private address is refused unless it is allowed, and nobody asks it anything", async () => {
  const before = odd.reached.length;
  const [outcome] = await captureAll(opened.context, [odd.url("/arrived")], {});
  assert.ok(outcome?.outcome === "not-captured" && outcome.cause === "refused");
  assert.equal(odd.reached.length, before);
  await assertNothingLeft();
});

test("a post: its facts, the redirect that led there, every request, and several at once in the order given", async () => {
  const [first, second, third] = await capture(
    `${forum.origin}/old-link`,
    forum.postUrl(forum.samplePost),
    odd.url("/arrived"),
  );
  const fields = await fieldsOf(first);
  assert.equal(fields["url"], `${forum.origin}/old-link`);
  assert.equal(fields["finalUrl"], forum.postUrl(forum.samplePost));
  assert.deepEqual(fields["redirects"], [`${forum.origin}/old-link`]);
  assert.equal(fields["status"], 200);
  assert.equal(fields["byteRecord"], "network-log");
  assert.deepEqual((fields["requests"] as { complete: boolean }).complete, true);
  assert.ok(String(fields["postText"]).length > 0 && String(fields["author"]).length > 0);
  assert.equal((await fieldsOf(second))["title"], fields["title"]);
  assert.ok(second?.outcome === "sealed" && second.doubt === undefined, "it says that it is a post");
  assert.equal((await fieldsOf(third))["title"], "Arrived");
  await assertNothingLeft();
});

test("a page that fills itself late, or moves on by itself, is taken when it is there", async () => {
  const [late, leaves] = await capture(odd.url("/late"), odd.url("/leaves"));
  assert.match(await textOf(await fieldsOf(late)), /A late word\./);
  const fields = await fieldsOf(leaves);
  assert.equal(fields["finalUrl"], odd.url("/arrived"));
  assert.match(await textOf(fields), /Here it stands\./);
});

test("a page that never rests is taken as it is, and says so; one that asks waits for nobody", async () => {
  const [restless, asks] = await capture(odd.url("/restless"), odd.url("/asks"));
  assert.equal((await fieldsOf(restless))["atRest"], false);
  assert.match(await textOf(await fieldsOf(asks)), /Read this\./);
});

test("a page taller than any picture is cut, and says so", async () => {
  const [tall] = await capture(odd.url("/tall"));
  const fields = await fieldsOf(tall);
  assert.equal(fields["screenshotCut"], true);
  assert.match(await textOf(fields), /Bottom\./);
});

test("a browser whose network log cannot be had: DevTools' bodies instead, and the act says so", async (t) => {
  if (process.platform === "win32") return t.skip("needs a shell script to stand before the browser");
  const { browser, found } = await browserAlone();
  const wrapper = join(folder, "browser.sh");
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const lines = [
    "#!/bin/sh",
    ...Object.entries(browser.env)
      .filter(([name, value]) => process.env[name] !== value)
      .map(([name, value]) => `export ${name}=${quoted(value)}`),
    'for a do shift; case "$a" in --log-net-log=*) ;; *) set -- "$@" "$a" ;; esac; done',
    `exec ${quoted(found)} "$@"`,
  ];
  await writeFile(wrapper, lines.join("\n"), { mode: 0o700 });
  const path = join(folder, "without-log");
  await initRecord(path, { name: "Without a log" });
  await using without = await openContext(path);
  const context = { ...without.context, environment: { ...without.context.environment, browser: wrapper } };
  const [outcome] = await captureAll(context, [forum.postUrl(forum.samplePost)], { allowPrivate: true });
  assert.equal(outcome?.outcome, "sealed", JSON.stringify(outcome));
  const { fields, summary } = await findExhibit(context, (outcome as { id: string }).id);
  const [logged] = await capture(forum.postUrl(forum.samplePost));
  const usual = await fieldsOf(logged);
  assert.equal(fields["byteRecord"], "decoded");
  for (const name of ["postText", "author", "title", "finalUrl"]) assert.deepEqual(fields[name], usual[name], name);
  const recorded = (all: Readonly<Record<string, unknown>>): unknown =>
    (all["requests"] as { recorded: number }).recorded;
  assert.equal(recorded(fields), recorded(usual));
  const file = join(folder, "decoded.placard");
  await exportExhibit(context, summary.id, file, []);
  assert.equal((await verifyFile(file)).verdict, "holds");
  await assertNothingLeft();
});

test("a note or a case of ten megabytes is refused before anything is opened", async () => {
  const long = "a".repeat(10_000_000);
  for (const options of [{ note: long }, { caseName: long }]) {
    const before = odd.reached.length;
    await assert.rejects(
      captureAll(opened.context, [odd.url("/arrived")], { allowPrivate: true, ...options }),
      (error) => isPlacardError(error, "usage") && error.message.length < 200,
    );
    assert.equal(odd.reached.length, before);
  }
});

test("cancelled while the server is silent: it ends at once and leaves nothing", async () => {
  const cancel = new AbortController();
  const started = performance.now();
  const steps: string[] = [];
  const running = captureAll(opened.context, [odd.url("/silence")], {
    allowPrivate: true,
    signal: cancel.signal,
    onProgress: (_, step) => {
      steps.push(step);
      if (step === "opening the page") setTimeout(() => cancel.abort(), 200);
    },
  });
  await assert.rejects(running, (error) => isPlacardError(error, "cancelled"));
  assert.ok(steps.includes("opening the page"));
  assert.ok(performance.now() - started < 10_000);
  await assertNothingLeft();
  assert.ok(existsSync(opened.context.folder.scratch));
});
