import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import type { Json } from "../../lib/json.ts";
import { compareCaptures } from "./compare.ts";

const TEXT = "The lanterns on Hollow Lane stay dark until the hedges are cut.";

interface Medium {
  readonly bytes: string;
  readonly type?: string;
  /** Its perceptual hash, 64 hexadecimal digits. */
  readonly looks?: string;
  readonly quality?: number;
  readonly url?: string;
  /** Of a video: how long it is, and the hashes of its frames. */
  readonly seconds?: number;
  readonly frames?: readonly string[];
}

/** A capture of the post with these files; `missing` of them were not received. */
function shown(
  media: readonly Medium[],
  { missing = 0, element = "permalink", text = TEXT as string | undefined } = {},
) {
  const files = media.flatMap(
    ({ bytes, type = "image/png", looks, quality = 90, url = "https://lane.example/1", seconds = 8, frames }, i) => {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const hash = looks === undefined ? {} : { perceptualHash: { algorithm: "pdq", hash: looks, quality } };
      const film = frames?.map((one, at) => ({ at: at + 0.5, hash: one, quality: one === BLACK ? 0 : quality }));
      const hashes = film === undefined ? {} : { seconds, perceptualHashes: { algorithm: "pdq", frames: film } };
      return [
        [`media${i + 1}`, { sha256, bytes: bytes.length, mediaType: type }] as const,
        [`media${i + 1}About`, { url, ...hash, ...hashes }] as const,
      ];
    },
  );
  const fields: Record<string, Json> = {
    ...Object.fromEntries(files),
    ...(text === undefined ? {} : { postText: text }),
    ...(missing === 0
      ? {}
      : { mediaMissing: Array.from({ length: missing }, () => ({ url: "blob:1", why: "Pieces." })) }),
    postElement: { foundBy: element },
  };
  return { fields, visibleText: `Marrow & Daughters\n${text ?? ""}` };
}

const BLACK = "00".repeat(32);
const HEDGE = "5a".repeat(32);
/** 16 bits of the 256 are others. */
const HEDGE_AGAIN = "a5a5".padEnd(64, "5a");
const LANTERN = "c3".repeat(32);
const png = (field: string) => ({ field, mediaType: "image/png" });

test("a picture in another's place is an edit, whatever its address", () => {
  const before = shown([{ bytes: "hedge", looks: HEDGE }]);
  const after = shown([{ bytes: "lantern", looks: LANTERN }]);
  assert.deepEqual(compareCaptures(before, after), {
    result: "edited",
    changes: { media: { removed: [png("media1")], added: [png("media1")] } },
    comparison: {},
  });
  const moved = shown([{ bytes: "hedge", looks: HEDGE, url: "https://elsewhere.example/9?signed=1" }]);
  assert.deepEqual(compareCaptures(before, moved), { result: "unchanged", changes: {}, comparison: {} });
});

test("a picture that was taken away is an edit, and so is one that came; their order is none", () => {
  const [both, one] = [
    shown([
      { bytes: "hedge", looks: HEDGE },
      { bytes: "lantern", looks: LANTERN },
    ]),
    shown([{ bytes: "lantern", looks: LANTERN }]),
  ];
  assert.deepEqual(compareCaptures(both, one).changes, { media: { removed: [png("media1")] } });
  assert.deepEqual(compareCaptures(one, both).changes, { media: { added: [png("media1")] } });
  assert.deepEqual([compareCaptures(both, one).result, compareCaptures(shown([]), one).result], ["edited", "edited"]);
  const turned = shown([
    { bytes: "lantern", looks: LANTERN },
    { bytes: "hedge", looks: HEDGE },
  ]);
  assert.equal(compareCaptures(both, turned).result, "unchanged");
});

test("a post of a picture alone is told by its element", () => {
  const without = { text: undefined };
  const before = shown([{ bytes: "hedge", looks: HEDGE }], without);
  assert.equal(compareCaptures(before, shown([{ bytes: "lantern", looks: LANTERN }], without)).result, "edited");
  assert.equal(compareCaptures(before, before).result, "unchanged");
});

test("a picture that was stored anew is no edit, and that it was is told", () => {
  const before = shown([
    { bytes: "hedge", looks: HEDGE },
    { bytes: "lantern", looks: LANTERN },
  ]);
  const after = shown([
    { bytes: "lantern", looks: LANTERN },
    { bytes: "hedge, smaller", looks: HEDGE_AGAIN, type: "image/webp" },
  ]);
  assert.deepEqual(compareCaptures(before, after), {
    result: "unchanged",
    changes: {},
    comparison: { reencoded: [{ before: png("media1"), after: { field: "media2", mediaType: "image/webp" } }] },
  });
});

test("where nothing tells whether a file shows the same, it is no edit, and not passed over either", () => {
  const cases: readonly (readonly [Medium, Medium])[] = [
    [
      { bytes: "film", type: "video/mp4" },
      { bytes: "other film", type: "video/mp4" },
    ],
    [
      { bytes: "hedge", looks: HEDGE, quality: 12 },
      { bytes: "lantern", looks: LANTERN },
    ],
    [
      { bytes: "drawing", type: "image/svg+xml" },
      { bytes: "hedge", looks: HEDGE },
    ],
  ];
  for (const [was, is] of cases) {
    const { result, changes } = compareCaptures(shown([was]), shown([is]));
    assert.equal(result, "page-changed");
    const [before, after] = [was, is].map(({ type = "image/png" }) => ({ field: "media1", mediaType: type }));
    assert.deepEqual(changes, { media: { unclear: [{ before, after }] } });
  }
  const film = shown([{ bytes: "film", type: "video/mp4" }]);
  assert.equal(compareCaptures(film, shown([{ bytes: "hedge", looks: HEDGE }])).result, "edited");
});

test("a video is known by its frames and its length; what only part of them tells is unclear, and black frames tell nothing", () => {
  const film = (bytes: string, frames: readonly string[], seconds = 8): Medium => ({
    bytes,
    type: "video/mp4",
    frames,
    seconds,
  });
  const of = (...frames: readonly string[]): readonly string[] => frames.flatMap((one) => [one, one]);
  const was = film("film", of(HEDGE, LANTERN, HEDGE, BLACK));
  const outcome = (is: Medium) => {
    const { result, changes, comparison } = compareCaptures(shown([was]), shown([is]));
    return [result, ...Object.keys((changes as { media?: object }).media ?? {}), ...Object.keys(comparison)];
  };
  const cases: readonly (readonly [string, Medium, readonly string[]])[] = [
    ["packed anew", film("anew", of(HEDGE_AGAIN, LANTERN, HEDGE, BLACK), 8.4), ["unchanged", "reencoded"]],
    ["black where it was not", film("anew", of(HEDGE, LANTERN, BLACK, BLACK)), ["unchanged", "reencoded"]],
    [
      "another",
      film("other", of(...Array.from({ length: 4 }, () => "ff00".repeat(16)))),
      ["edited", "removed", "added"],
    ],
    ["longer", film("longer", of(HEDGE, LANTERN, HEDGE, BLACK), 9), ["page-changed", "unclear"]],
    [
      "one scene another",
      film("cut", of(HEDGE, LANTERN, HEDGE, BLACK).toSpliced(1, 1, "ff00".repeat(16))),
      ["page-changed", "unclear"],
    ],
    ["black for the most part", film("dark", of(HEDGE, BLACK, BLACK, BLACK)), ["page-changed", "unclear"]],
    ["never looked at", { bytes: "raw", type: "video/mp4" }, ["page-changed", "unclear"]],
  ];
  for (const [what, is, expected] of cases) assert.deepEqual(outcome(is), expected, what);
  const dark = film("dark", of(BLACK, BLACK, BLACK, BLACK));
  const darker = film("darker", of(BLACK, BLACK, BLACK, BLACK));
  assert.equal(compareCaptures(shown([dark]), shown([darker])).result, "page-changed");
});

test("what was not received, or not looked for, was not taken away", () => {
  const before = shown([{ bytes: "hedge", looks: HEDGE }]);
  for (const after of [shown([], { missing: 1 }), shown([], { element: "nothing" })]) {
    assert.deepEqual(compareCaptures(before, after), {
      result: "unchanged",
      changes: {},
      comparison: { notCompared: ["media"] },
    });
    assert.deepEqual(compareCaptures(after, before).result, "unchanged");
  }
  const [film, filmAndOther] = [
    shown([{ bytes: "hedge", looks: HEDGE }], { missing: 1 }),
    shown([{ bytes: "lantern", looks: LANTERN }], { missing: 1 }),
  ];
  assert.equal(compareCaptures(film, filmAndOther).result, "edited", "a film that never comes hides no swap");
});

test("records of before files were kept, or without their hashes, are read as before", () => {
  const { fields, visibleText } = shown([]);
  const { postElement: _, ...old } = fields;
  const now = shown([{ bytes: "hedge", looks: HEDGE }]);
  assert.deepEqual(compareCaptures({ fields: old, visibleText }, now), {
    result: "unchanged",
    changes: {},
    comparison: { notCompared: ["media"] },
  });
});

test("any files: against themselves nothing changed; one more or one fewer that looks like none of the others is told", () => {
  const looks = fc.constantFrom(HEDGE, LANTERN, "0f".repeat(32), "33".repeat(32), undefined);
  const medium = fc.record({
    bytes: fc.string({ maxLength: 3 }),
    type: fc.constantFrom<string>("image/png", "video/mp4"),
    quality: fc.integer({ min: 0, max: 100 }),
    url: fc.webUrl(),
  });
  const media = fc
    .uniqueArray(fc.tuple(medium, looks), { maxLength: 11, selector: ([{ bytes }]) => bytes })
    .map((all) => all.map(([one, hash]) => ({ ...one, ...(hash === undefined ? {} : { looks: hash }) })));
  fc.assert(
    fc.property(media, media, fc.integer({ min: 0, max: 11 }), (some, others, at) => {
      assert.deepEqual(compareCaptures(shown(some), shown(some.toReversed())), {
        result: "unchanged",
        changes: {},
        comparison: {},
      });
      const more = (some as readonly Medium[]).toSpliced(at, 0, {
        bytes: "a bell of its own",
        looks: "ff00".repeat(16),
      });
      for (const [was, is, name] of [
        [some, more, "added"],
        [more, some, "removed"],
      ] as const) {
        const { result, changes } = compareCaptures(shown(was), shown(is));
        const field = `media${Math.min(at, some.length) + 1}`;
        assert.deepEqual([result, changes], ["edited", { media: { [name]: [png(field)] } }]);
      }
      const [there, back] = [compareCaptures(shown(some), shown(others)), compareCaptures(shown(others), shown(some))];
      assert.equal(there.result, back.result);
      assert.equal(there.result === "unchanged", Object.keys(there.changes).length === 0);
    }),
    { numRuns: 200 },
  );
});
