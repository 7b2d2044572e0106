import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { FUZZ_TIME } from "../../../test/fuzz-time.ts";
import { deflatedZip } from "../../../test/wacz-fixture.ts";
import { xssPayloads } from "../../../test/xss-vectors.ts";
import { utf8 } from "../../lib/bytes.ts";
import { PlacardError } from "../../lib/error.ts";
import { linksInPart, linksInSpreadsheet } from "./spreadsheet.ts";
import { xmlPieces } from "./xml-texts.ts";

const vectors = join(import.meta.dirname, "../../../test/vectors");
const blobOf = (name: string): Blob => new Blob([new Uint8Array(readFileSync(join(vectors, name)))]);

test("links in cells, behind them and in formulas are found, of every sheet, each once", async () => {
  // Written by openpyxl and odfpy.
  assert.deepEqual((await linksInSpreadsheet(blobOf("links.xlsx")))?.split("\n"), [
    "https://townsquare.example/p/1",
    "https://townsquare.example/p/2",
    "https://townsquare.example/p/4",
    "https://townsquare.example/p/3?a=1&b=2",
  ]);
  assert.deepEqual((await linksInSpreadsheet(blobOf("links.ods")))?.split("\n"), [
    "https://townsquare.example/p/1",
    "https://townsquare.example/p/2?a=1&b=2",
  ]);
});

test("a text that is formatted in pieces is one text; what is written with entities is what they stand for", () => {
  const shared = `<x:sst xmlns:x="…"><x:si><x:r><x:t>https://a.exam</x:t></x:r><x:r><x:t>ple/1?b=2&amp;c=&#51;&#x33;</x:t></x:r></x:si>
    <si><t><![CDATA[https://b.example/<no>]]> https://c.example/</t></si></x:sst>`;
  assert.deepEqual([...linksInPart(shared)], ["https://a.example/1?b=2&c=33", "https://c.example/"]);
});

test("what is no spreadsheet is left to others", async () => {
  const docx = await deflatedZip(
    [
      ["[Content_Types].xml", utf8("<Types/>")],
      ["word/document.xml", utf8("<w>https://a.example/</w>")],
    ],
    () => true,
  );
  const odt = await deflatedZip(
    [
      ["mimetype", utf8("application/vnd.oasis.opendocument.text")],
      ["content.xml", utf8("<p>https://a.example/</p>")],
    ],
    () => false,
  );
  for (const bytes of [docx, odt, utf8("https://a.example/"), utf8(""), utf8("PK\u0003\u0004")])
    assert.equal(await linksInSpreadsheet(new Blob([new Uint8Array(bytes)])), undefined);
});

for (const [i, line] of readFileSync(join(vectors, "spreadsheet_invalid.txt"), "utf8").split("\n").entries()) {
  if (!line.startsWith("{")) continue;
  test(`refused: line ${i + 1} of spreadsheet_invalid.txt`, async () => {
    const { file, error } = JSON.parse(line) as { readonly file: string; readonly error: string };
    const before = performance.now();
    await assert.rejects(
      linksInSpreadsheet(new Blob([new Uint8Array(Buffer.from(file, "base64"))])),
      (thrown) => thrown instanceof PlacardError && thrown.code === error && thrown.next !== undefined,
    );
    assert.ok(performance.now() - before < 5_000);
  });
}

function assertHarmless(xml: string): void {
  try {
    for (const link of linksInPart(xml)) assert.match(link, /^https?:\/\/[^\s"<>]+$/i);
  } catch (error) {
    if (!(error instanceof PlacardError)) throw error;
  }
}

test("random XML gives links of the web or an error of ours, and nothing else", () => {
  const pieces = [
    "<",
    ">",
    "/",
    "si",
    "is",
    "f",
    "p",
    "a",
    " ",
    '"',
    "'",
    "=",
    "&",
    "&#x",
    ";",
    "!",
    "--",
    "<![CDATA[",
    "]]>",
  ];
  const texts = ["https://a.example/", 'href="https://b.example/"', "formula='\"https://c.example/\"'", "\u0000", "é"];
  const xml = fc.array(fc.constantFrom(...pieces, ...texts), { maxLength: 80 }).map((parts) => parts.join(""));
  fc.assert(fc.property(xml, assertHarmless), { numRuns: 1e6, interruptAfterTimeLimit: FUZZ_TIME });
  for (const text of xssPayloads) assertHarmless(`<si><t>${text}</t></si>`);
});

test("a flipped byte of a real file gives links or an error of ours", async () => {
  const whole = new Uint8Array(readFileSync(join(vectors, "links.xlsx")));
  const flip = fc.record({ at: fc.nat(whole.length - 1), bit: fc.nat(7) });
  await fc.assert(
    fc.asyncProperty(flip, async ({ at, bit }) => {
      const bytes = whole.slice();
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
      await linksInSpreadsheet(new Blob([bytes])).catch((error: unknown) => {
        if (!(error instanceof PlacardError)) throw error;
      });
    }),
    { numRuns: 1e6, interruptAfterTimeLimit: FUZZ_TIME },
  );
});

test("XML that was made to be slow is read in time", () => {
  const before = performance.now();
  const size = 500_000;
  for (const xml of [
    `<a${" b='1'".repeat(size / 6)}`,
    `<a${" ".repeat(size)}`,
    `<a ${"b".repeat(size)}`,
    "<si>".repeat(size / 4),
    `<si>${"https://".repeat(size / 8)}</si>`,
    `<f>${'"https://'.repeat(size / 9)}</f>`,
    "&".repeat(size),
  ])
    assertHarmless(xml);
  assert.ok(performance.now() - before < 10_000);
  assert.equal([...xmlPieces("<a><b c='&lt;'/>x</a>")].length, 5);
});
