/** A site says what its content says, and no more. */
import assert from "node:assert/strict";
import { posix } from "node:path";
import { test } from "node:test";
import { IN_HEBREW, inBoth } from "../../../test/sentences.ts";
import {
  type InventedSite,
  idOf,
  inventedPicture,
  inventedSite,
  PRIVATE_NAMES,
  QUESTION,
  timeOf,
} from "../../../test/site-fixture.ts";
import { somePayloads } from "../../../test/xss-vectors.ts";
import { fromUtf8, utf8 } from "../../lib/bytes.ts";
import { WITHDRAWALS } from "../rules.ts";
import { exhibitFolder, proofPath } from "./addresses.ts";
import { buildSite } from "./build.ts";
import type { ExhibitEntry, PublishedEntry, SiteContent } from "./content.ts";
import { en } from "./words-en.ts";
import { he } from "./words-he.ts";

const WITHDRAWN = { at: timeOf(900), because: "private-person" } as const;
const picture = await inventedPicture();

async function built(content: SiteContent): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const options = { verifyPage: new Map([["index.html", utf8("checks")]]), isKept: () => false };
  for await (const piece of buildSite(content, options)) {
    assert.notEqual(piece.kind, "kept");
    const made = piece.kind === "file" ? [piece.file] : piece.kind === "exhibit" ? piece.files : [];
    for (const { path, bytes } of made) {
      assert.ok(!files.has(path), `${path} comes twice`);
      files.set(path, bytes);
    }
  }
  return files;
}

const site = (options: InventedSite) => built(inventedSite({ picture, questions: [QUESTION], ...options }));
const text = (files: ReadonlyMap<string, Uint8Array>, path: string): string =>
  fromUtf8(files.get(path) ?? assert.fail(`${path} is not there`), path);
const pagesOf = (files: ReadonlyMap<string, Uint8Array>): readonly string[] =>
  [...files.keys()].filter((path) => path.endsWith(".html") && !path.startsWith("verify/"));

/** What is read on a page. */
const readOn = (html: string): string =>
  html
    .replace(/<(script|style|title)[^>]*>.*?<\/\1>/gs, "")
    .replace(/<[^>]*>/g, "")
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&")
    .replace(/\u00a0/g, " ");

test("both languages say the same things, plainly, and a withdrawal as the rules say it", () => {
  for (const { key, text: said, other } of inBoth(en, he)) {
    if (key !== "language") assert.match(other, IN_HEBREW, key);
    for (const one of [said, other]) assert.doesNotMatch(one, /\b(?:ledger|hash|warc)\b|!/i, key);
  }
  for (const [kind, { why }] of Object.entries(WITHDRAWALS))
    assert.equal(en.withdrawn.because[kind as keyof typeof WITHDRAWALS], why.text);
});

test("each exhibit's page says what its content says", async () => {
  const content = inventedSite({ exhibits: 30, picture, changed: new Map([[4, { withdrawn: WITHDRAWN }]]) });
  const files = await built(content);
  let compared = 0;
  for await (const entry of content.exhibits()) {
    const html = text(files, `${exhibitFolder(entry.id)}index.html`);
    if (entry.withdrawn !== undefined) continue;
    const detail = await entry.load();
    const read = readOn(html);
    for (const said of [entry.id, detail.words.join(" · "), detail.publicInterest, entry.platform ?? "A post"])
      assert.ok(read.includes(said), `${entry.id}: ${said}`);
    for (const { what, why } of entry.corrections) assert.ok(read.includes(what) && read.includes(why));
    assert.equal(read.includes(timeInEnglish(entry.recordedAt)), true);
    if (entry.postedAt !== undefined) assert.ok(read.includes(timeInEnglish(entry.postedAt)));
    assert.ok(read.includes(timeInEnglish(entry.publishedAt)));
    assert.equal(read.includes("by lamplighter.example before"), detail.witnessed !== undefined);
    assert.deepEqual(files.get(proofPath(entry.id)), detail.proof);
    assert.deepEqual(dataOn(html), {
      type: "ArchiveComponent",
      identifier: entry.id,
      dateCreated: entry.recordedAt,
      datePublished: entry.publishedAt,
      corrections: entry.corrections.map(({ at }) => at),
    });
    compared++;
  }
  assert.equal(compared, 29);
});

/** As the test has it: days as British newspapers write them. */
function timeInEnglish(at: string): string {
  const [, year, month, day, clock, zone = ""] = /^(\d+)-(\d+)-(\d+)T(\d+:\d+):\d+(.*)$/.exec(at) ?? [];
  const name = ["January", "February", "March", "April", "May", "June"][Number(month) - 1];
  return `${Number(day)} ${name} ${year}, ${clock} ${zone === "Z" ? "UTC" : `(UTC${zone})`}`;
}

function dataOn(html: string) {
  const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? "{}");
  const { "@type": type, identifier, dateCreated, datePublished, correction = [] } = data;
  const corrections = correction.map((one: { datePublished: string }) => one.datePublished);
  return { type, identifier, dateCreated, datePublished, corrections };
}

test("lists, counts, feeds and the map name each exhibit that is public once, and no other", async () => {
  const exhibits = 130;
  const files = await site({ exhibits, changed: new Map([[7, { withdrawn: WITHDRAWN }]]) });
  const published = Array.from({ length: exhibits }, (_, n) => idOf(n)).filter((_, n) => n !== 7);
  const listedOn = (pattern: RegExp): readonly string[] =>
    pagesOf(files)
      .filter((path) => pattern.test(path))
      .flatMap((path) => [...text(files, path).matchAll(/<li><a href="[^"]*"[^>]*>.*?<\/a> .*?(PLC-[-0-9A-Z]+)/g)])
      .map(([, id]) => id ?? "")
      .toSorted();
  for (const language of ["", "he/"]) {
    assert.deepEqual(listedOn(new RegExp(`^${language}exhibits/`)), published.toSorted());
    assert.deepEqual(listedOn(new RegExp(`^${language}cases/.`)), published.toSorted());
    assert.match(
      readOn(text(files, `${language}index.html`)),
      new RegExp(`${published.length} (?:exhibits published|מוצגים באתר)`),
    );
    assert.ok(readOn(text(files, `${language}corrections/index.html`)).includes(idOf(7)));
    const { items, version } = JSON.parse(text(files, `${language}feed.json`));
    assert.equal(version, "https://jsonfeed.org/version/1.1");
    const atom = [...text(files, `${language}feed.atom`).matchAll(/<entry><id>([^<]+)<\/id>/g)].map(([, id]) => id);
    assert.deepEqual(
      items.map(({ id }: { id: string }) => id),
      atom,
    );
    assert.equal(new Set(atom).size, 50);
    assert.ok(atom[0]?.endsWith(`${exhibitFolder(idOf(7))}#withdrawn`), "the newest comes first");
  }
  const mapped = [
    ...text(files, "sitemap.xml").matchAll(/<loc>https:\/\/hollow-lane\.example\/record\/([^<]*)<\/loc>/g),
  ];
  for (const [whole, path = ""] of mapped) assert.ok(files.has(`${path}index.html`), whole);
  assert.equal(mapped.filter(([, path = ""]) => /^(?:he\/)?V\//.test(path)).length, 2 * published.length);
});

test("the same content gives the same bytes, in whatever order it is told", async () => {
  const content = inventedSite({ exhibits: 25, picture, questions: [QUESTION] });
  const entries: ExhibitEntry[] = [];
  for await (const entry of content.exhibits()) entries.unshift(entry);
  const turned = await built({
    ...content,
    exhibits: async function* () {
      yield* entries;
    },
  });
  const plain = await built(content);
  assert.deepEqual(
    [...turned].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    [...plain].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
});

test("no page is past 100 KB, leads nowhere, or takes anything from elsewhere", async () => {
  const long = {
    ...QUESTION,
    thread: [
      { ...QUESTION.thread[0], at: timeOf(1), what: { en: "A reply", he: "תשובה" }, text: ["Long ".repeat(60_000)] },
    ],
  };
  const files = await site({ exhibits: 260, cases: 120, questions: [long] });
  for (const path of pagesOf(files)) {
    const html = text(files, path);
    assert.ok((files.get(path)?.length ?? 0) <= 100 * 1024, `${path}: ${files.get(path)?.length}`);
    assert.doesNotMatch(html, /<script(?! type="application\/ld\+json">)|\son\w+=|style="|<iframe|javascript:/);
    assert.match(html, /http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;/);
    if (path === "404.html") continue;
    for (const [, link = ""] of html.matchAll(
      /(?<!<link rel="(?:canonical|alternate)"[^>]*) (?:href|src)="([^"#][^"]*)"/g,
    )) {
      if (link.startsWith("https://hollow-lane.example/record/")) continue;
      const to = posix.join(posix.dirname(path), link).replace(/^\.\/?$/, "");
      const file = to === "" || to.endsWith("/") ? `${to}index.html` : to;
      assert.ok(files.has(file) || file === "ledger/checkpoint", `${path} leads to ${link}`);
    }
  }
  const reply = pagesOf(files).filter((path) => path.startsWith("questions/lanterns-2026/"));
  assert.ok(reply.length > 3);
  const words = reply.map((path) => readOn(text(files, path)).match(/Long/g)?.length ?? 0);
  assert.equal(
    words.reduce((sum, count) => sum + count),
    60_000,
    "a reply is published whole",
  );
});

test("of what is withdrawn nothing is told but that, when and why", async () => {
  const files = await site({ exhibits: 3, changed: new Map([[1, { withdrawn: WITHDRAWN }]]) });
  const own = [...files.keys()].filter((path) => path.includes(exhibitFolder(idOf(1))));
  assert.deepEqual(own.toSorted(), [`${exhibitFolder(idOf(1))}index.html`, `he/${exhibitFolder(idOf(1))}index.html`]);
  const html = text(files, own[0] ?? "");
  assert.match(readOn(html), /Withdrawn 7 April 2026, 12:00 UTC\.\s+Why: A private person could be recognised in it\./);
  assert.match(html, /<meta name="robots" content="noindex">/);
  for (const bytes of files.values())
    assert.ok(
      !fromUtf8(
        bytes.filter((byte) => byte < 128),
        "file",
      ).includes("Post 1:"),
    );
});

test("a picture in which anything but pixels could lie is not published", async () => {
  const noted = Buffer.concat([
    picture.subarray(0, 33),
    Buffer.from([0, 0, 0, 1]),
    Buffer.from("tEXt"),
    Buffer.from("x0000"),
    picture.subarray(33),
  ]);
  await assert.rejects(site({ exhibits: 1, picture: noted }), { code: "malformed" });
  await assert.rejects(site({ exhibits: 1, picture: Buffer.concat([picture, Buffer.from("more")]) }), {
    code: "malformed",
  });
});

test("what others wrote stays text, wherever it stands", async () => {
  const told = (said: string): Promise<ReadonlyMap<string, Uint8Array>> => {
    const content = inventedSite({ exhibits: 1, cases: 0 });
    const { identity } = content;
    return built({
      ...content,
      identity: { ...identity, name: said },
      cases: [{ key: "one", name: said, about: said }],
      method: [said],
      questions: [{ ...QUESTION, title: said, askedOf: said, text: [said], exhibits: [] }],
      corrections: [{ at: timeOf(2), what: said, why: said }],
      exhibits: async function* () {
        for await (const entry of content.exhibits()) yield hostile(entry as PublishedEntry, said);
      },
    });
  };
  const skeleton = (html: string): string => [...html.matchAll(/<\/?([a-zA-Z!?]+)/g)].map(([tag]) => tag).join(" ");
  const plain = await told("words");
  for (const payload of somePayloads) {
    const files = await told(payload);
    assert.deepEqual([...files.keys()], [...plain.keys()]);
    for (const path of [...pagesOf(files), "feed.atom", "sitemap.xml"])
      assert.equal(skeleton(text(files, path)), skeleton(text(plain, path)), `${path}: ${payload}`);
  }
});

function hostile(entry: PublishedEntry, said: string): PublishedEntry {
  return {
    ...entry,
    caseKey: "one",
    platform: said,
    postedAt: said,
    corrections: [{ at: timeOf(9), what: said, why: said }],
    load: async () => ({
      ...(await entry.load()),
      quotation: [{ text: said }],
      postedBy: said,
      publicInterest: said,
      assessed: said,
      witnessed: { names: [said], before: timeOf(3) },
    }),
  };
}

test("an id or an address that comes twice, or cannot be one, is refused", async () => {
  const content = inventedSite({ exhibits: 2 });
  const twice = async function* () {
    yield* content.exhibits();
    yield* content.exhibits();
  };
  await assert.rejects(built({ ...content, exhibits: twice }), { code: "usage" });
  for (const key of ["2", "../x", "a b", ""])
    await assert.rejects(built({ ...content, cases: [{ key, name: "x" }] }), { code: "usage" });
});

test("what stands beside the content never gets onto a page", async () => {
  const content = inventedSite({ exhibits: 2, picture });
  const files = await built({
    ...content,
    exhibits: async function* () {
      for await (const entry of content.exhibits()) {
        const { load, ...own } = entry as PublishedEntry;
        const beside = { author: PRIVATE_NAMES[0], handle: PRIVATE_NAMES[1] };
        const told = async () => Object.assign(await load(), beside);
        yield Object.assign(own, { street: PRIVATE_NAMES[2], load: told });
      }
    },
  });
  for (const [path, bytes] of files) {
    const all = `${path} ${Buffer.from(bytes).toString("latin1")}`.toLowerCase();
    for (const name of PRIVATE_NAMES) assert.ok(!all.includes(name.toLowerCase()), `${path} tells ${name}`);
  }
});
