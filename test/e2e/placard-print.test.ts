/** The printed sheets, measured: in the PDF where poppler is there to read it, with one browser for all. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import jsQr from "jsqr";
import { type Browser } from "playwright-core";
import sharp from "sharp";
import { isPlacardError } from "../../src/lib/error.ts";
import type { PlacardFit } from "../../src/show/fit-page.ts";
import { type PlacardContent, type PlacardLanguage, type PlacardSize, placardHtml } from "../../src/show/placard.ts";
import { printIn, printPlacards } from "../../src/show/print.ts";
import { qrModules } from "../../src/show/qr.ts";
import { SHEETS } from "../../src/show/sheet.ts";
import { stewardSheet } from "../../src/show/steward.ts";
import { he } from "../../src/show/words-he.ts";
import { launchOwnBrowser } from "../own-browser.ts";
import { samplePlacard } from "../sample-placard.ts";
import { pdfTexts } from "./pdf-pages.ts";

const CONTENT: PlacardContent = {
  ...samplePlacard(7),
  assessed: "as a threat (clause 4b) by 3 of 3 people, blind to one another.",
};
const HEBREW = {
  headline: he.headline,
  quotation: [{ text: "השכנים מהסמטה צריכים לארוז " }, { mask: 7 }, { text: " וללכת לפני שנגרש אותם." }],
  platform: "כיכר העיר",
  assessed: undefined,
  group: "תושבי הסמטה",
} as const satisfies Partial<PlacardContent>;
const LONG = "They say they only want a quiet life in Hollow Lane, and I say nobody asked them here. ".repeat(40);

const poppler = spawnSync("pdftotext", ["-v"]).error === undefined;
const needsPoppler = {
  skip: poppler || process.env["CI"] ? false : "poppler-utils (pdftotext, pdftoppm, pdffonts) is not installed",
};

const DEEP = process.env["PLACARD_DEEP"] === "1";
let browser: Browser;
let folder: string;

before(async () => {
  browser = await launchOwnBrowser();
  folder = await mkdtemp(join(tmpdir(), "placard-print-"));
});

after(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

interface Printed {
  readonly file: string;
  readonly fits: readonly PlacardFit[];
}

const print = (size: PlacardSize, ...changes: readonly Partial<PlacardContent>[]): Promise<Printed> =>
  printSpoken("en", size, ...changes);

async function printSpoken(
  language: PlacardLanguage,
  size: PlacardSize,
  ...changes: readonly Partial<PlacardContent>[]
): Promise<Printed> {
  let fits: readonly PlacardFit[] = [];
  const onFit = (found: readonly PlacardFit[]): void => {
    fits = found;
  };
  const contents = changes.map((change) => ({ ...CONTENT, ...change }));
  const rows = contents.map((content) => ({ content }));
  const first = rows.length > 1 && language === "he" ? { first: stewardSheet(rows, CONTENT.group, language) } : {};
  const html = placardHtml(contents, { size, language, ...first });
  const file = join(folder, `${Math.random().toString(36).slice(2)}.pdf`);
  await writeFile(file, await printIn(browser, html, { size, onFit }));
  return { file, fits };
}

const textOf = (file: string): string => execFileSync("pdftotext", ["-raw", file, "-"], { encoding: "utf8" });

interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  /** Millimetres in a pixel. */
  readonly millimetre: number;
}

async function raster(file: string, dpi: number): Promise<Raster> {
  const stem = file.replace(/\.pdf$/, "");
  execFileSync("pdftoppm", ["-r", `${dpi}`, "-png", "-gray", "-singlefile", file, stem], { stdio: "ignore" });
  const { data, info } = await sharp(`${stem}.png`).greyscale().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: new Uint8Array(data), millimetre: 25.4 / dpi };
}

const dark = (picture: Raster, x: number, y: number): boolean => (picture.pixels[y * picture.width + x] ?? 255) < 128;

function rowInk(picture: Raster, y: number): number {
  let ink = 0;
  for (let x = 0; x < picture.width; x++) if (dark(picture, x, y)) ink++;
  return ink;
}

/** Height in millimetres of the ink of the first letter under the rule at the head of the sheet. */
function firstLetter(picture: Raster): number {
  const { width, height } = picture;
  let y = 0;
  while (rowInk(picture, y) < width * 0.8) y++;
  while (rowInk(picture, y) > 0) y++;
  while (rowInk(picture, y) === 0) y++;
  const top = y;
  let left = 0;
  while (!Array.from({ length: 40 }, (_, i) => dark(picture, left, top + i)).some(Boolean)) left++;
  // Down the stem of the N, a tenth of the sheet's margin inside its edge.
  while (y < height && dark(picture, left + 4, y)) y++;
  return (y - top) * picture.millimetre;
}

function decodeQr(picture: Raster): string | undefined {
  const rgba = new Uint8ClampedArray(picture.width * picture.height * 4);
  for (const [i, value] of picture.pixels.entries()) rgba.fill(value, i * 4, i * 4 + 3).fill(255, i * 4 + 3, i * 4 + 4);
  return jsQr.default(rgba, picture.width, picture.height)?.data;
}

for (const size of ["A4", "A3", "A2", "A1"] as const) {
  const sheet = SHEETS[size];
  test(
    `${size}: capitals of ${sheet.capHeight} mm or more, a code of its size that reads, pages of the ISO size`,
    needsPoppler,
    async () => {
      const { file, fits } = await print(size, {});
      const picture = await raster(file, 4800 / (sheet.scale * 70));
      const letter = firstLetter(picture);
      assert.ok(letter >= sheet.capHeight, `the N stands ${letter.toFixed(1)} mm`);
      assert.ok(Math.abs(picture.width * picture.millimetre - sheet.width) < 1);
      assert.ok(Math.abs(picture.height * picture.millimetre - sheet.height) < 1);
      assert.equal(decodeQr(picture), CONTENT.verifyUrl);
      // A pixel a millimetre: a telephone's camera at three metres.
      if (size !== "A4") assert.equal(decodeQr(await raster(file, 26)), CONTENT.verifyUrl);
      const [fit] = fits;
      assert.ok(fit !== undefined && fit.symbol >= { A4: 35, A3: 60, A2: 100, A1: 150 }[size]);
      assert.ok(fit.capital >= sheet.capHeight && letter >= fit.capital - 1);
    },
  );
}

test("the code keeps four modules of white on every side, at level Q, on every size and in every layout", async () => {
  // ISO/IEC 18004: format information, the two bits beside the finder under the mask 101010000010010; Q is 11.
  const modules = qrModules(CONTENT.verifyUrl);
  const bit = (x: number): number => Number(modules[8]?.[x] === true);
  assert.deepEqual([bit(0) ^ 1, bit(1) ^ 0], [1, 1]);
  // The headlines make the two layouts, in each language. In the ordinary run each size has one of them.
  const sheets = [
    ["en", {}],
    ["he", { ...HEBREW, headline: "אמרו לנו שדבר כזה לא קורה כאן" }],
    ["en", { headline: "We were told this never happens here" }],
    ["he", HEBREW],
  ] as const;
  for (const [i, size] of (["A4", "A3", "A2", "A1"] as const).entries()) {
    for (const [language, change] of sheets.filter((_, j) => DEEP || j === i)) {
      // A page each: a document set into another's place stays under that one's content policy.
      const page = await browser.newPage();
      await page.setContent(placardHtml([{ ...CONTENT, ...change }], { size, language }));
      await page.locator("html[data-fits]").waitFor();
      const near = await page.evaluate(() => {
        const code = document.querySelector(".qr") as SVGElement;
        const { left, right, top, bottom, width } = code.getBoundingClientRect();
        const quiet = (4 * width) / Number(code.dataset["modules"]) - 0.5;
        const sheet = (document.querySelector(".page") as Element).getBoundingClientRect();
        const reaches = (box: DOMRect): boolean =>
          box.width > 0 &&
          box.right > left - quiet &&
          box.left < right + quiet &&
          box.bottom > top - quiet &&
          box.top < bottom + quiet;
        const inked = [...document.querySelectorAll(".page .frame, .page .facts p, .page .facts li, .page .line")];
        const over = inked
          .filter((element) => reaches(element.getBoundingClientRect()))
          .map((element) => element.className);
        return right + quiet > sheet.right || left - quiet < sheet.left || bottom + quiet > sheet.bottom
          ? [...over, "the edge"]
          : over;
      });
      await page.close();
      assert.deepEqual(near, [], `${size}, ${language}, ${JSON.stringify(change)}`);
    }
  }
});

test(
  "a pack is a sheet a placard, its words and ids can be read out of it, its typefaces are within",
  needsPoppler,
  async () => {
    const { file } = await print("A3", {}, { id: "PLC-0000-1111-2222-3333" }, { headline: "Look." });
    const info = execFileSync("pdfinfo", [file], { encoding: "utf8" });
    assert.match(info, /Pages:\s+3\n/);
    assert.match(info, /Tagged:\s+yes/);
    assert.match(info, /Title:\s+3 placards, Hollow Lane Residents/);
    assert.match(info, /JavaScript:\s+no/);
    const fonts = execFileSync("pdffonts", [file], { encoding: "utf8" }).trim().split("\n").slice(2);
    assert.ok(fonts.length >= 3);
    for (const font of fonts) assert.match(font, /\s(?:yes) (?:yes|no )\s+yes\s+\d+\s+\d+$/, font);
    // Without spaces: whether one is seen between large letters is the reader's guess.
    const words = textOf(file).replace(/\s+/g, "");
    for (const part of [
      "PLC-7K3M-9QWD-X2RT-V4HB",
      "PLC-0000-1111-2222-3333",
      "Neverseenit?Look.Posted",
      CONTENT.words.join(""),
    ]) {
      assert.ok(words.includes(part), part);
    }
  },
);

test("nothing lies beneath a bar", needsPoppler, async () => {
  const { file } = await print("A3", { postedBy: "Invented Person" });
  const text = textOf(file).replace(/\s+/g, " ");
  assert.match(text, /pack up and leave before we make them\./);
  assert.doesNotMatch(text, /Invented|masked/);
});

test("Hebrew, Arabic and emoji are set, in letters of the height asked for", needsPoppler, async () => {
  const { file, fits } = await print(
    "A3",
    {
      headline: "מעולם לא ראיתם? תראו.",
      quotation: [{ text: "השכנים צריכים לארוז " }, { mask: 3 }, { text: " וללכת." }],
    },
    { headline: "لم تروه؟ انظروا.", quotation: [{ text: "على أهل الحي أن يرحلوا من هنا." }] },
    { headline: "They laughed 😂 at it", quotation: [{ text: "Pack up 👋🏽 and go home 👨‍👩‍👧 🇬🇧" }] },
  );
  for (const fit of fits) assert.ok(fit.capital >= 50 - 0.05, `${fit.lines.join(" / ")}: ${fit.capital}`);
  assert.match(textOf(file), /😂/);
  // The emoji is drawn, in colour: Chromium prints the SVG glyphs of some emoji files as nothing.
  const stem = file.replace(/\.pdf$/, "-emoji");
  execFileSync("pdftoppm", ["-r", "20", "-png", "-f", "3", "-singlefile", file, stem], { stdio: "ignore" });
  const { data } = await sharp(`${stem}.png`).raw().toBuffer({ resolveWithObject: true });
  let yellow = 0;
  for (let i = 0; i < data.length; i += 3) if ((data[i] ?? 0) > 200 && (data[i + 2] ?? 255) < 110) yellow++;
  assert.ok(yellow > 300, `${yellow} yellow pixels`);
});

test("in Hebrew the sheet is mirrored, its text can be read out of it, and a pack begins with the steward's sheet", async () => {
  const { file, fits } = await printSpoken("he", "A3", HEBREW, { headline: "המשטרה שתקה" }, {});
  for (const fit of fits) assert.ok(fit.capital >= 50 - 0.05, `${fit.lines.join(" / ")}: ${fit.capital}`);
  const pdf = await readFile(file, "latin1");
  assert.match(pdf, /\/Lang \(he\)/);
  assert.match(pdf, /\/MarkInfo/);
  const page = await browser.newPage();
  await page.setContent(placardHtml([{ ...CONTENT, ...HEBREW }], { size: "A3", language: "he" }));
  await page.locator("html[data-fits]").waitFor();
  const [code, facts, words, id] = await Promise.all(
    [".qr", ".facts", ".words li", ".id bdi"].map((one) => page.locator(one).first().boundingBox()),
  );
  const last = await page.locator(".words li").nth(1).boundingBox();
  await page.close();
  assert.ok(code && facts && words && id && last);
  assert.ok(code.x + code.width < facts.x, "the code stands at the left");
  assert.ok(words.x < last.x, "the six words are read from left to right");
  assert.ok(Math.abs(id.x + id.width - facts.x - facts.width) < 1, "the id begins at the right edge");
  const texts = pdfTexts(file);
  if (texts === undefined) return;
  assert.equal(texts.length, 4);
  for (const [i, expected] of [
    [0, ["שלטים", "המילים", CONTENT.id]],
    [1, ["תושבי", "מעולם", "ראיתי", "לארוז", "במילה", "באתר", "במרץ", "ונחתם", "North Reading Room", CONTENT.id]],
    [2, ["המשטרה", "שתקה"]],
    [3, ["Never", "before we make them", "במילה"]],
  ] as const) {
    for (const part of expected) assert.ok(texts[i]?.includes(part), `${part} is not in ${texts[i]}`);
  }
});

test("seven long words stand at the least height, the quotation whole beside the code", async () => {
  const { fits } = await print("A3", { headline: "We were told this never happens here" });
  assert.equal(fits[0]?.layout, "beside");
  assert.equal(fits[0]?.shortened, false);
  assert.ok((fits[0]?.capital ?? 0) >= 50 - 0.01);
});

test("a long quotation is cut with a word about it, and no longer called word for word", needsPoppler, async () => {
  const { file, fits } = await print("A3", { quotation: [{ text: LONG }] });
  assert.equal(fits[0]?.shortened, true);
  const text = textOf(file).replace(/\s+/g, " ");
  assert.match(text, /\w … \(shortened\)/);
  assert.match(text, /Posted in public, shortened here/);
  assert.doesNotMatch(text, /word for word/);
  const spoken = await printSpoken("he", "A3", { quotation: [{ text: LONG }] });
  assert.match(textOf(spoken.file), /\w …[^\w]*קוצר/, "the dots go on from the words");
});

test("a headline that cannot be read at ten metres is refused, and a soft hyphen helps", async () => {
  await assert.rejects(print("A3", { headline: "Electroencephalographically?" }), (error) => {
    assert.ok(isPlacardError(error, "usage"));
    assert.match(error.message, /cannot be set large enough on A3: its capitals would stand \d+ mm high, and 50 mm/);
    return true;
  });
  const { fits } = await print("A3", { headline: "Electro\u00adencephalo\u00adgraphi\u00adcally?" });
  assert.deepEqual(fits[0]?.lines, ["Electro-", "encephalo-", "graphi-", "cally?"]);
});

test("a character without any typeface is refused rather than printed as a box", async () => {
  await assert.rejects(print("A4", { quotation: [{ text: "a \u{1fffd} b" }] }), (error) =>
    isPlacardError(error, "unsupported"),
  );
});

/** Of one colour channel, linear (WCAG 2.2, relative luminance). */
const channel = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

test("ink on white, nothing paler: more than seven to one", async () => {
  const page = await browser.newPage();
  await page.setContent(placardHtml([CONTENT], { size: "A4" }));
  const colours = await page.evaluate(() => [
    ...new Set([...document.querySelectorAll("body *")].map((element) => getComputedStyle(element).color)),
  ]);
  await page.close();
  for (const colour of colours) {
    const [r = 0, g = 0, b = 0] = (colour.match(/\d+/g) ?? []).map((value) => channel(Number(value) / 255));
    assert.ok(1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05) > 7, colour);
  }
});

test("a browser that does not start is said to", async () => {
  const html = placardHtml([CONTENT], { size: "A4" });
  await assert.rejects(printPlacards(html, { size: "A4", browser: { path: join(folder, "none") } }), (error) =>
    isPlacardError(error, "no_browser"),
  );
});
