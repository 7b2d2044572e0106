/**
 * The conformance site, captured as anything is, over HTTP/1.1 and over HTTP/2 with TLS: the archive against what the
 * servers wrote down. Prints the figures. The ordinary run leaves out what lasts; PLACARD_DEEP=1 runs every page.
 */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, type TestContext, test } from "node:test";
import type { Browser } from "../../src/capture/browser/browser.ts";
import type { ConformancePage } from "../../src/sample/conformance/answer.ts";
import { derOf, makeCertificate } from "../../src/sample/conformance/certificate.ts";
import { compare, type Figures, noFigures } from "../../src/sample/conformance/compare.ts";
import type { Served } from "../../src/sample/conformance/served.ts";
import { CONFORMANCE_PAGES } from "../../src/sample/conformance/site.ts";
import type { ReadRecord } from "../read-warc.ts";
import { captureUrl } from "./capture-url.ts";
import { exchangesOf } from "./exchanges.ts";
import { assertOthersRead } from "./readers.ts";
import { type Site, type SiteKeys, servePlain, serveSecure } from "./serve-site.ts";
import { trustingBrowser } from "./trusting-browser.ts";

const deep = process.env["PLACARD_DEEP"] === "1";
/** What other tests of the byte record do not go through, and is quick. */
const ORDINARY = ["codings", "service-worker", "frames", "aborted", "images", "thread-microblog", "show-more"];
/** Of these, what a page does by itself and is the same whatever carries it: over HTTP/1.1 only. */
const ANYHOW = ["images", "thread-microblog", "show-more"];
const pagesOver = (secure: boolean): readonly ConformancePage[] =>
  CONFORMANCE_PAGES.filter(({ name }) => deep || (ORDINARY.includes(name) && !(secure && ANYHOW.includes(name))));

let folder: string;
let keys: SiteKeys;
let browser: Browser;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-conformance-"));
  keys = { main: await makeCertificate(), other: await makeCertificate(), talking: await makeCertificate() };
  browser = await trustingBrowser(keys.main.cert, keys.other.cert, keys.talking.cert);
});
after(() => rm(folder, { recursive: true, force: true }));

interface Captured {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly records: readonly ReadRecord[];
}

async function capture(url: string): Promise<Captured> {
  const captured = await captureUrl(url, browser, folder);
  const records = await assertOthersRead(captured.files.archive, join(captured.folder, "read.warc.gz"));
  await rm(captured.folder, { recursive: true });
  return { facts: captured.facts, records };
}

/** A page whose parts were not asked for would show nothing. */
function assertAsked(page: ConformancePage, served: readonly Served[], place: Site): void {
  const { name, answers, unasked = [] } = page;
  const asked = new Set(served.map(({ path }) => path.replace(/\?.*$/, "")));
  const wanted = Object.keys(answers({ origin: place.main.origin, other: "", sockets: "" })).filter(
    (path) => !unasked.includes(path),
  );
  assert.deepEqual(
    wanted.filter((path) => !asked.has(`/${name}/${path}`)),
    [],
    `${name}: never asked for`,
  );
}

function show(t: TestContext, what: string, figures: Figures): void {
  const { seen, wrong: _, bytes, ...counts } = figures;
  const each = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  t.diagnostic(`${what}: requests seen ${seen}, ${each.join(", ")}, ${bytes} bytes of bodies`);
}

function assertAll(figures: Figures, secure: boolean): void {
  const { seen, recorded, invented, requestHeads, requestBodies, responseHeads, bodies, protocols } = figures;
  assert.deepEqual(figures.wrong, []);
  assert.deepEqual([recorded, requestHeads, requestBodies, responseHeads, bodies, protocols], Array(6).fill(seen));
  assert.deepEqual([invented, figures.cutMarked], [0, figures.cut]);
  assert.equal(figures.certificates, secure ? seen : 0);
}

function assertCertificate({ facts }: Captured): void {
  const { chain } = facts["tls"] as { chain: readonly string[] };
  assert.deepEqual(chain, [derOf(keys.main)]);
}

/** What must be cut is, or nothing would have been tried; and of the rest only what a browser may choose not to read. */
function assertCut({ name, cut = [], mayBeCut = [] }: ConformancePage, served: readonly Served[], figures: Figures) {
  const asked = (paths: readonly string[]): number =>
    served.filter(({ path }) => paths.some((one) => path.replace(/\?.*$/, "") === `/${name}/${one}`)).length;
  const least = asked(cut);
  assert.ok(figures.cut >= least, `${name}: what was to be cut was not`);
  assert.ok(figures.cut <= least + asked(mayBeCut), `${name}: more was cut than may be`);
}

/** A long page is scrolled to its end; one without end beyond what was there at first; a short one not at all. */
function assertScrolled({ name }: ConformancePage, { facts }: Captured): void {
  const { to, of } = facts["scrolled"] as { readonly to: number; readonly of: number };
  if (name === "feed") assert.ok(to > 3_000 && to <= 16_000 && of >= to, `${to} of ${of}`);
  else assert.deepEqual([to, to > 11_000], [of, name === "images"]);
}

for (const [what, serve, secure] of [
  ["HTTP/1.1", servePlain, false],
  ["HTTP/2 with TLS", (stack: AsyncDisposableStack) => serveSecure(stack, keys), true],
] as const) {
  test(`${what}: every request the servers saw is in the archive, and every byte they said`, async (t) => {
    const total = noFigures();
    for (const page of pagesOver(secure)) {
      await using stack = new AsyncDisposableStack();
      const site = await serve(stack);
      const captured = await capture(`${site.main.origin}/${page.name}/`);
      const served = site.servers.flatMap((server) => server.served);
      assertAsked(page, served, site);
      if (secure) assertCertificate(captured);
      assertScrolled(page, captured);
      const figures = noFigures();
      compare(served, exchangesOf(captured.records), figures, [page]);
      show(t, `${what} ${page.name}`, figures);
      for (const wrong of figures.wrong) t.diagnostic(wrong);
      assertCut(page, served, figures);
      add(total, figures);
    }
    show(t, what, total);
    assertAll(total, secure);
  });
}

function add(total: Figures, more: Figures): void {
  for (const [name, value] of Object.entries(more)) {
    if (Array.isArray(value)) total.wrong.push(...value);
    else (total as unknown as Record<string, number>)[name] += value;
  }
}
