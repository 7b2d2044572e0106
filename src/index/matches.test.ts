import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { utf8 } from "../lib/bytes.ts";
import type { Json } from "../lib/json.ts";
import { sha256 } from "../lib/sha256.ts";
import { chartExhibits, countExhibits } from "./counts.ts";
import { openIndex } from "./exhibit-index.ts";
import type { Filter } from "./filter.ts";
import { findExhibits } from "./find.ts";
import { idsMatching } from "./matches.ts";
import type { ProjectedAct } from "./projection.ts";

const WORDS = ["lane", "lantern", "notice", "board"];
const PLATFORMS = ["Townsquare", "Chatter"];
const CASES = ["spring", "autumn"];
const TAGS = ["march", "school"];
const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values);

/** What happens to a record, in any order: captures, looks again, filings, erasures. */
const happening = fc.oneof(
  fc.record({
    act: oneOf("captured", "received"),
    title: oneOf(...WORDS),
    postText: oneOf(...WORDS),
    platform: oneOf(...PLATFORMS, null),
    case: oneOf(...CASES, null),
    note: oneOf(...WORDS, null),
    actor: oneOf("actor-1", "actor-2"),
    postedAt: oneOf("2026-01-05T10:00:00Z", "2026-02-07T23:30:00Z", "not a time"),
    shared: oneOf<Json>({}, null),
  }),
  fc.record({ act: oneOf("recaptured"), about: fc.nat(29), result: oneOf("gone", "unchanged") }),
  fc.record({
    act: oneOf("filed"),
    about: fc.nat(29),
    tagged: fc.subarray(TAGS),
    untagged: fc.subarray(TAGS),
    case: oneOf(...CASES, null),
  }),
  fc.record({ act: oneOf("erased"), about: fc.nat(29), reason: oneOf("asked for") }),
);
const filters: fc.Arbitrary<Filter> = fc.record(
  {
    text: oneOf("", "la", "lantern", "not lane", "?"),
    notes: fc.boolean(),
    platforms: fc.subarray(PLATFORMS),
    cases: fc.subarray([...CASES, "none"]),
    states: fc.subarray(["sealed", "erased"] as const),
    standings: fc.subarray(["gone", "unchanged", "unchecked"] as const),
    kinds: fc.subarray(["captured", "received"] as const),
    actor: oneOf("actor-1", "nobody"),
    tags: fc.subarray([...TAGS, "none"]),
    by: oneOf("posted" as const, "sealed" as const),
    from: oneOf(1_767_225_600, 1_767_600_000),
    to: oneOf(1_767_226_000, 1_770_000_000),
  },
  { requiredKeys: [] },
);

function actOf(given: Readonly<Record<string, unknown>>, position: number, known: number): ProjectedAct {
  const { about, ...fields } = given;
  const told = Object.fromEntries(Object.entries(fields).filter(([name, value]) => value !== null || name === "case"));
  if (typeof about === "number") {
    const of = `PLC-${about % Math.max(1, known)}`;
    Object.assign(told, told["act"] === "recaptured" ? { recaptureOf: { id: of } } : { of, position: about });
  } else if (told["case"] === null) delete told["case"];
  const sealedAt = new Date(1_767_225_600_000 + 60_000 * position).toISOString();
  return { position, id: `PLC-${position}`, sealedAt, fields: told as ProjectedAct["fields"] };
}

test("what is counted in memory is what a list gives, whatever happened and however it is narrowed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "placard-matches-"));
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { minLength: 1, maxLength: 30 }),
      fc.array(filters, { minLength: 3, maxLength: 8 }),
      async (happenings, asked) => {
        const acts: ProjectedAct[] = [];
        const index = await openIndex(join(folder, `${++run}.sqlite`), {
          origin: "test",
          head: async () => ({ size: acts.length, root: sha256(utf8(String(acts.length))) }),
          rootAt: async (size) => sha256(utf8(String(size))),
          async *readActs(start, end) {
            yield* acts.slice(start, end);
          },
        });
        // Some at once, some one after another: what is held in memory is brought up to date in between.
        for (const one of happenings) {
          acts.push(actOf(one, acts.length, acts.length));
          if (acts.length % 3 === 0) await index.ask((raw) => countExhibits(raw, {}));
        }
        await index.ask((raw) => {
          for (const filter of asked) {
            const listed = findExhibits(raw, { ...filter, limit: 200 }).exhibits;
            const counts = countExhibits(raw, filter);
            assert.equal(counts.total, listed.length);
            assert.equal(chartExhibits(raw, filter).total, listed.length);
            assert.deepEqual(
              idsMatching(raw, filter, 100).ids,
              listed.filter(({ state }) => state === "sealed").map(({ id }) => id),
            );
            for (const { value, count } of counts.platforms) {
              if (value === null) continue;
              const other = findExhibits(raw, { ...filter, platforms: [value], limit: 200 });
              assert.equal(count, other.exhibits.length, "what another choice would show");
            }
            for (const { value, count } of counts.tags) {
              const tags = [...new Set([...(filter.tags ?? []), value ?? ""])];
              assert.equal(count, findExhibits(raw, { ...filter, tags, limit: 200 }).exhibits.length);
            }
          }
        });
        index.close();
      },
    ),
    { numRuns: process.env["PLACARD_DEEP"] ? 500 : 12 },
  );
  await rm(folder, { recursive: true });
});
