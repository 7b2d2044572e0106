/**
 * A capture by an ordinary user has its page confined by the system, and the act says so. What the act says is held against
 * what the kernel tells of the page's own process. Root hands this to a user without rights.
 */
import assert from "node:assert/strict";
import { type SpawnOptions, spawn, spawnSync } from "node:child_process";
import {
  chownSync,
  existsSync,
  globSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { findExhibit } from "../../src/app/acts.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { openContext } from "../../src/app/open-record.ts";
import { isOfPage } from "../browser-processes.ts";
import { type Descendants, watchDescendants } from "../descendants.ts";
import { ownBrowser } from "../own-browser.ts";

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const identity: SpawnOptions = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
const main = join(import.meta.dirname, "../../src/cli/main.ts");

/** Asked of the system and not of the browser: a browser that no longer confines where it could must fail here. */
function whyNot(): string | false {
  if (process.platform !== "linux") return "only Linux tells in /proc how a process is confined";
  const does = (command: string, ...args: readonly string[]): boolean =>
    spawnSync(command, args, { ...identity, stdio: "ignore", cwd: "/" }).status === 0;
  if (!does("unshare", "--user", "--map-root-user", "--pid", "--net", "--fork", "true"))
    return "this system lets no ordinary user make namespaces, which the browser's sandbox is made of";
  if (!does(process.execPath, "--eval", "fs.accessSync(process.argv[1])", main))
    return "a user without rights may not read the folder that Placard lies in";
  return false;
}

let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "placard-sandbox-"));
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
});
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

function giveAway(path: string): void {
  chownSync(path, NOBODY, NOBODY);
  for (const name of readdirSync(path, { recursive: true, encoding: "utf8" }))
    chownSync(join(path, name), NOBODY, NOBODY);
}

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function placard(...args: readonly string[]): Promise<Ran> {
  return run([process.execPath, main, ...args], process.env["PLACARD_BROWSER"]);
}

async function run([command = "", ...args]: readonly string[], PLACARD_BROWSER?: string): Promise<Ran> {
  const { PATH } = process.env;
  const own = { HOME: folder, TMPDIR: folder, PLACARD_CACHE: join(folder, "cache") };
  const env = { ...own, PATH, ...(PLACARD_BROWSER === undefined ? {} : { PLACARD_BROWSER }) };
  const child = spawn(command, args, { ...identity, cwd: folder, env, stdio: "pipe" });
  const ran = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (ran.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (ran.stderr += text));
  const code = await new Promise<number | null>((done) => child.on("close", done));
  return { code, ...ran };
}

interface Confinement {
  /** Process namespaces it is in, of those that can be seen from here (pid_namespaces(7)). */
  readonly namespaces: number;
  /** Whether the kernel filters what it may ask for (seccomp(2)). */
  readonly isFiltered: boolean;
  readonly user: number;
}

function confinementOf(pid: number | "self"): Confinement {
  const status = readFileSync(`/proc/${pid}/status`, "latin1");
  const values = (name: string): readonly number[] =>
    (new RegExp(`^${name}:\\s*(.*)$`, "m").exec(status)?.[1] ?? "").split(/\s+/).map(Number);
  return { namespaces: values("NSpid").length, isFiltered: values("Seccomp")[0] === 2, user: values("Uid")[0] ?? -1 };
}

/** A page that asks for something, upon which its processes are looked at: it is certainly open then. */
async function startSite(started: Descendants, looked: (pages: readonly Confinement[]) => void) {
  const server = createServer((request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    if (request.url !== "/part")
      return void response.end(
        `<!doctype html><title>Lantern</title><link rel="icon" href="data:,"><p>Lantern note of Hollow Lane.</p><script>fetch("/part")</script>`,
      );
    // By then whoever looks for new processes has seen this one.
    setTimeout(() => {
      looked(started.left().filter(isOfPage).map(confinementOf));
      response.end("looked at");
    }, 300);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, [Symbol.dispose]: () => server.close().closeAllConnections() };
}

test("captured by an ordinary user, a page is confined by the system, and the act says so", {
  skip: whyNot(),
}, async (t) => {
  using started = watchDescendants();
  let pages: readonly Confinement[] = [];
  using site = await startSite(started, (found) => {
    pages = found;
  });
  // Made and read here: it is the capture that must be another user's.
  const record = join(folder, "record");
  await initRecord(record, { name: "Hollow Lane Residents" });
  if (isRoot) giveAway(record);
  const captured = await placard("capture", site.url, "--allow-private", "--record", "record", "--json");
  assert.equal(captured.code, 0, captured.stderr + captured.stdout);
  const { id } = JSON.parse(captured.stdout) as { id: string };
  await using opened = await openContext(record);
  const { fields } = await findExhibit(opened.context, id);
  assert.equal((fields["browser"] as { readonly sandbox: boolean }).sandbox, true);
  assert.doesNotMatch(captured.stderr, /no sandbox/);
  const own = confinementOf("self");
  t.diagnostic(`${pages.length} processes for pages: ${JSON.stringify(pages)}; this one: ${JSON.stringify(own)}`);
  assert.ok(pages.length > 0, "the page's process was not seen");
  for (const page of pages) {
    assert.ok(page.namespaces > own.namespaces, "it sees the processes of others");
    assert.ok(page.isFiltered, "it may ask the kernel for anything");
    assert.notEqual(page.user, 0);
  }
});

/** Puts a script that does `first` in the place of the browser; it becomes the browser then. Returns which to name, if any. */
async function startFirst(first: string): Promise<string | undefined> {
  const { path, source } = await ownBrowser();
  const written = (script: string, real: string): void =>
    writeFileSync(script, `#!/bin/sh\n${first}\nexec '${real}' "$@"\n`, { mode: 0o755 });
  const script = join(folder, "browser.sh");
  if (source !== "bundled") {
    written(script, path);
    return script;
  }
  // The captures before have unpacked theirs.
  const [unpacked = ""] = globSync(join(folder, "cache", "chromium-*", "chromium"));
  renameSync(unpacked, `${unpacked}.own`);
  written(unpacked, `${unpacked}.own`);
  return undefined;
}

async function sandboxOf(command: readonly string[], browser: string | undefined): Promise<boolean> {
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(
      `<!doctype html><title>Lantern</title><link rel="icon" href="data:,"><p>Lantern note of Hollow Lane.</p>`,
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const captured = await run(
      [...command, "capture", url, "--allow-private", "--record", "record", "--json"],
      browser,
    );
    assert.equal(captured.code, 0, captured.stderr + captured.stdout);
    const { id } = JSON.parse(captured.stdout) as { id: string };
    const shown = await placard("show", id, "--record", "record", "--json");
    const { fields } = JSON.parse(shown.stdout) as { fields: { browser: { sandbox: boolean } } };
    assert.equal(/no sandbox/.test(captured.stderr), !fields.browser.sandbox);
    return fields.browser.sandbox;
  } finally {
    server.close().closeAllConnections();
  }
}

test("where the system lets nobody make namespaces, a capture is made without, and says so", {
  skip: whyNot(),
}, async () => {
  const forbidding = 'echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"';
  const apart = [
    "unshare",
    "--user",
    "--map-user=1000",
    "--map-group=1000",
    "--keep-caps",
    "sh",
    "-c",
    forbidding,
    "sh",
  ];
  assert.equal(await sandboxOf([...apart, process.execPath, main], process.env["PLACARD_BROWSER"]), false);
});

test("a browser that ends at its first start is started again, and is confined", { skip: whyNot() }, async () => {
  const tried = join(folder, "tried");
  const browser = await startFirst(`[ -e '${tried}' ] || { : > '${tried}'; echo broken >&2; exit 1; }`);
  assert.equal(await sandboxOf([process.execPath, main], browser ?? process.env["PLACARD_BROWSER"]), true);
  assert.ok(existsSync(tried));
});
