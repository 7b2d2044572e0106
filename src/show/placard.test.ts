import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decode, encode } from "fast-png";
import { fromBase64 } from "../lib/bytes.ts";
import { isPlacardError } from "../lib/error.ts";
import { type PlacardContent, type PlacardLanguage, placardHtml } from "./placard.ts";
import { qrModules } from "./qr.ts";
import { printedPicture } from "./screenshot.ts";
import { stewardSheet } from "./steward.ts";

const CONTENT: PlacardContent = {
  headline: "Never seen it? Look.",
  quotation: [{ text: "The Hollow Lane lot should pack up " }, { mask: 7 }, { text: " soon." }],
  masked: true,
  platform: "Townsquare",
  postedAt: "2026-03-14T21:07:00+01:00",
  recordedAt: "2026-03-15T08:12:00Z",
  witnessed: { names: ["North Reading Room", "Lantern Library"], before: "2026-03-15T08:20:00Z" },
  assessed: "as a threat by 3 of 3 people.",
  id: "PLC-7K3M-9QWD-X2RT-V4HB",
  words: ["orbit", "candle", "seven", "lemon", "harvest", "bridge"],
  verifyUrl: "HTTPS://HOLLOW-LANE.EXAMPLE/V/7K3M9QWD",
  group: "Hollow Lane Residents",
  number: { n: 4, of: 12 },
};

const page = (change: Partial<PlacardContent> = {}, language?: PlacardLanguage): string =>
  placardHtml([{ ...CONTENT, ...change }], { size: "A3", ...(language === undefined ? {} : { language }) });
/** What a reader sees or hears: the text between the tags of the body. */
const text = (html: string): string =>
  html
    .replace(/^[\s\S]*<body>|<script>[\s\S]*$/g, "")
    .replace(/<[^>]*>/g, "")
    .replace(/\s+/g, " ");
/** Every tag with the names of its attributes. */
const tags = (html: string): readonly string[] =>
  [...html.replace(/<(style|script)>[\s\S]*?<\/\1>/g, "<$1>").matchAll(/<[^>]*>/g)].map(([tag]) =>
    tag.replace(/"[^"]*"/g, ""),
  );

test("times are written out in the zone they were given in", () => {
  assert.match(
    text(page()),
    /on Townsquare, 14 March 2026, 21:07 \(UTC\+01:00\) · recorded 15 March 2026, 08:12 UTC · witnessed before 08:20 UTC that day/,
  );
  assert.match(text(page({ postedAt: "about noon" })), /on Townsquare, about noon · recorded/);
});

test("a time that named no zone says so, and is not written out as one that did", () => {
  const zoneless = { postedAt: "2026-03-15T07:00:00", zoneless: true };
  assert.match(
    text(page(zoneless)),
    /, 2026-03-15T07:00:00 \(no time zone stated\) · recorded 15 March 2026, 08:12 UTC/,
  );
  assert.match(text(page(zoneless, "he")), /, 2026-03-15T07:00:00 \(אזור הזמן לא צוין\)/);
});

test("in Hebrew all of ours is Hebrew and runs from right to left, and what others wrote stays as it is", () => {
  const html = page({}, "he");
  assert.match(html, /<html lang="he" dir="rtl">.*<title>שלט PLC-7K3M-9QWD-X2RT-V4HB<\/title>/s);
  const said = text(html);
  assert.match(
    said,
    /פורסם בידי באתר Townsquare, 14 במרץ 2026, 21:07 \(UTC\+01:00\) · תועד ב־15 במרץ 2026, 08:12 UTC · עדים מאשרים: לפני 08:20 UTC באותו יום/,
  );
  assert.match(said, /עדים: North Reading Room ו־Lantern Library, לפני 08:20 UTC באותו יום\./);
  const pair = { names: ["ספריית הצפון", "ספריית הפנס"], before: "2026-03-15T08:20:00Z" };
  assert.match(text(page({ witnessed: pair }, "he")), /עדים: ספריית הצפון וספריית הפנס, לפני/);
  const theirs = [
    CONTENT.headline,
    CONTENT.group,
    CONTENT.platform,
    CONTENT.assessed,
    CONTENT.id,
    ...CONTENT.words,
    ...(CONTENT.witnessed?.names ?? []),
    "The Hollow Lane lot should pack up",
    "soon.",
  ];
  const ours = theirs.reduce<string>((left, part) => left.replaceAll(part ?? "", ""), said);
  assert.doesNotMatch(ours.replace(/UTC/g, ""), /[A-Za-z]/);
  assert.match(html, /<fieldset class="frame" dir="ltr">/, "the heavy edge stands where the quotation begins");
  assert.match(page({ quotation: [{ text: "לארוז וללכת." }] }, "he"), /<fieldset class="frame" dir="rtl">/);
  for (const label of ["מוסתר", "קוד QR: היכן אפשר לבדוק את זה"])
    assert.ok(html.includes(`aria-label="${label}"`), label);
});

test("the steward's sheet speaks the placards' language", () => {
  const first = stewardSheet([{ content: CONTENT }, { content: { ...CONTENT, mark: "sample" } }], CONTENT.group, "he");
  const html = placardHtml([CONTENT], { size: "A3", language: "he", first });
  assert.match(text(html), /^\s*מי נושא מה Hollow Lane Residents: 2 שלטים\. רשמו שם ליד כל אחד/);
  assert.match(text(html), /דוגמה, לא ראיה · PLC-7K3M/);
  const english = text(placardHtml([CONTENT], { size: "A3", first: stewardSheet([{ content: CONTENT }], "g") }));
  assert.match(english, /^\s*Who carries what g: one placard\. Write a name beside each\./);
});

test("a bound is rounded up to the minute that is printed, and so never says more than the witness did", () => {
  const before = (time: string): string => text(page({ witnessed: { names: ["North Reading Room"], before: time } }));
  for (const [time, told] of [
    ["2026-03-15T08:20:00.001Z", "before 08:21 UTC that day"],
    ["2026-03-15T08:20:59Z", "before 08:21 UTC that day"],
    ["2026-03-15T08:20:00.000Z", "before 08:20 UTC that day"],
    ["2026-03-15T23:59:01Z", "before 16 March 2026, 00:00 UTC"],
  ] as const) {
    assert.equal(before(time).split(told).length, 3, `${time}: both sentences say ${told}`);
  }
});

test("who witnessed is named, counted when many, and said calmly when nobody did", () => {
  assert.match(text(page()), /Witnessed by North Reading Room and Lantern Library before 08:20 UTC that day\./);
  const names = ["a", "b", "c", "d"];
  assert.match(
    text(page({ witnessed: { names, before: "2026-03-16T00:00:00Z" } })),
    /Witnessed by 4 others before 16 March 2026, 00:00 UTC\./,
  );
  const nobody = text(page({ witnessed: undefined, assessed: undefined }));
  assert.match(nobody, /Witnessed not yet; the seal is this group’s own\./);
  assert.doesNotMatch(nobody, /Assessed|witnessed before/);
});

test("the frame says word for word, and whose the bars are", () => {
  assert.match(page(), />Posted in public, word for word; the bar is ours</);
  assert.match(page({ quotation: [{ text: "Pack up." }] }), />Posted in public, word for word</);
  assert.doesNotMatch(text(page({ quotation: [{ text: "  " }] })), /word for word/);
});

test("words of a preview are called that, not word for word", () => {
  const html = page({ quotation: [{ text: "Pack up." }], preview: true });
  assert.match(html, />Posted in public, as its preview has it</);
  assert.doesNotMatch(html, /word for word/);
});

test("nobody is told to scan a code that leads nowhere", () => {
  assert.match(text(page()), /Scan it, or read these six words out to us:/);
  const bare = text(page({ verifyUrl: "PLACARD:PLC-7K3M-9QWD-X2RT-V4HB" }));
  assert.match(bare, /Ask us for the proof by these six words:/);
  assert.doesNotMatch(bare, /[Ss]can/);
});

test("a masked name is nowhere in the document", () => {
  assert.doesNotMatch(page({ postedBy: "Invented Person", masked: true }), /Invented/);
  assert.match(page({ postedBy: "Invented Person", masked: false }), /by <bdi>Invented Person<\/bdi>/);
});

const barWidth = (mask: number): string | undefined => /bar ([sml])"/.exec(page({ quotation: [{ mask }] }))?.[1];

test("a bar is as wide as its class, not as what it hides", () => {
  assert.deepEqual([1, 4, 5, 8, 9, 500].map(barWidth), ["s", "s", "m", "m", "l", "l"]);
});

test("an address of 38 characters is a version 3 code: 29 modules", () => {
  assert.equal(CONTENT.verifyUrl.length, 38);
  assert.equal(qrModules(CONTENT.verifyUrl).length, 29);
});

test("what breaks a rule is refused by name", () => {
  const refused: readonly (readonly [Partial<PlacardContent>, "usage" | "malformed" | "too_large"])[] = [
    [{ headline: "one two three four five six seven eight" }, "usage"],
    [{ headline: "  " }, "usage"],
    [{ headline: "x".repeat(161) }, "usage"],
    [{ id: "PLC-7K3M-9QWD-X2RT" }, "malformed"],
    [{ words: ["orbit"] }, "malformed"],
    [{ verifyUrl: "https://hollow-lane.example/" }, "usage"],
    [{ verifyUrl: "JAVASCRIPT:ALERT" }, "usage"],
    [{ number: { n: 3, of: 2 } }, "usage"],
    [{ group: "x".repeat(201) }, "too_large"],
    [{ quotation: [{ text: "x".repeat(20_001) }] }, "too_large"],
    [{ quotation: [{ mask: 0.5 }] }, "usage"],
    [{ screenshot: { png: new Uint8Array(40) } }, "malformed"],
  ];
  for (const [change, code] of refused) {
    assert.throws(
      () => page(change),
      (error) => isPlacardError(error, code),
      JSON.stringify(change).slice(0, 80),
    );
  }
  assert.throws(
    () => placardHtml([], { size: "A3" }),
    (error) => isPlacardError(error, "usage"),
  );
});

test("the document asks for nothing from outside, and its policy admits one script and one style sheet", () => {
  const html = page();
  assert.doesNotMatch(
    html.replace(/data:[a-z/\d-]+;base64,[\w+/=]+/g, "data:"),
    /(?:src|href)="(?!data:)|url\((?!data:)/,
  );
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "";
  assert.match(policy, /^default-src &#39;none&#39;;/);
  assert.equal(policy.match(/sha256-/g)?.length, 2);
  assert.doesNotMatch(policy, /unsafe|http/);
});

const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 20 }),
      fc.constantFrom(
        "</script><script>alert(1)</script>",
        "<img src=//evil.example onerror=alert(1)>",
        "\"'><b>",
        "&lt;b&gt;",
        "--><svg/onload=1>",
        "\u202e\u2067",
        "\ud83d",
        "</style>",
        "`${1}",
      ),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join("").slice(0, 150));

test("no text becomes markup", () => {
  // No time among them: of a time, the clock is set apart.
  const benign = tags(
    page({ witnessed: { names: ["a"], before: "b" }, postedBy: "c", masked: false, postedAt: "d", recordedAt: "e" }),
  );
  const deep = process.env["PLACARD_DEEP"] === "1";
  fc.assert(
    fc.property(hostile, (given) => {
      const html = page({
        headline: `a${given.replace(/\s+/g, "")}`,
        quotation: [{ text: `q${given}` }, { mask: 3 }, { text: given }],
        postedBy: given,
        masked: false,
        platform: given,
        postedAt: given,
        recordedAt: given,
        witnessed: { names: [given], before: given },
        assessed: given,
        group: given,
      });
      assert.deepEqual(tags(html), benign);
      assert.ok(html.isWellFormed());
    }),
    { numRuns: deep ? 2000 : 60 },
  );
});

test("what a tall screenshot does not show is not in the print", () => {
  const [width, height] = [80, 400];
  const data = new Uint8Array(width * height * 3).fill(255);
  data.fill(7, width * 3 * 200);
  const { url, ...shown } = printedPicture(encode({ width, height, data, channels: 3, depth: 8 }));
  assert.deepEqual(shown, { width: 80, height: 60, cropped: true });
  const picture = decode(fromBase64(url.slice("data:image/png;base64,".length)));
  assert.equal(picture.height, 60);
  assert.ok(picture.data.every((value) => value === 255));
});

test("only our own error comes out of a broken screenshot", () => {
  const good = encode({ width: 4, height: 40, data: new Uint8Array(4 * 40 * 3), channels: 3, depth: 8 });
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const bytes = Uint8Array.from(good);
      bytes[at] = (bytes[at] ?? 0) ^ flip;
      try {
        printedPicture(bytes);
      } catch (error) {
        assert.ok(isPlacardError(error), String(error));
      }
    }),
    { numRuns: 300 },
  );
});
