import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { deflatedZip } from "../../test/wacz-fixture.ts";
import { LONGEST_LIST, MOST_LINKS } from "../agenda/link-list.ts";
import { concat, utf8 } from "../lib/bytes.ts";
import { isPlacardError } from "../lib/error.ts";
import { readLinks } from "./read-links.ts";

const vectors = join(import.meta.dirname, "../../test/vectors");

async function given(bytes: Uint8Array): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "placard-links-"));
  try {
    const file = join(folder, "links");
    await writeFile(file, bytes);
    return await readLinks(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const workbook = (links: number): Promise<Uint8Array> =>
  deflatedZip(
    [
      ["[Content_Types].xml", utf8("<Types/>")],
      ["xl/workbook.xml", utf8("<workbook/>")],
      [
        "xl/sharedStrings.xml",
        utf8(
          `<sst>${Array.from({ length: links }, (_, i) => `<si><t>https://a.example/${i}</t></si>`).join("")}</sst>`,
        ),
      ],
    ],
    () => true,
  );

test("a list, or a spreadsheet whatever it is called: its links in their order", async () => {
  assert.deepEqual(await given(utf8("# lane\nhttps://a.example/1\n\nhttps://a.example/2\n")), [
    "https://a.example/1",
    "https://a.example/2",
  ]);
  assert.deepEqual(await readLinks(join(vectors, "links.ods")), [
    "https://townsquare.example/p/1",
    "https://townsquare.example/p/2?a=1&b=2",
  ]);
  assert.equal((await readLinks(join(vectors, "links.xlsx"))).length, 4);
  assert.equal((await given(await workbook(MOST_LINKS))).length, MOST_LINKS, "more than a screen takes at once");
});

test("too many, one that is damaged, one without a link: refused, and not captured in part", async () => {
  const whole = await readFile(join(vectors, "links.xlsx"));
  const cases = [
    [await workbook(MOST_LINKS + 1), "too_large"],
    [await workbook(0), "usage"],
    [whole.subarray(0, whole.length - 40), "malformed"],
    [concat(utf8("https://a.example/1\n"), new Uint8Array(LONGEST_LIST).fill(10)), "too_large"],
  ] as const;
  for (const [bytes, code] of cases) await assert.rejects(given(bytes), (error) => isPlacardError(error, code), code);
  await assert.rejects(readLinks(join(vectors, "no-such-file")), (error) => isPlacardError(error, "not_found"));
});
