import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type GateAct, PREPARING_ACTS, PUBLIC_ACTS } from "./acts.ts";
import { publicOf, standingOf } from "./fold.ts";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const PEOPLE = ["ann", "ben", "cat", null] as const;

type Line = readonly [GateAct["act"], string | null, Record<string, unknown>?];

/** Acts by who did them, in order; each is named by its place. What one refers to is the newest of that kind, unless said otherwise. */
function acts(...lines: readonly Line[]): GateAct[] {
  const newest: Record<string, string> = {};
  return lines.map(([act, actor, says = {}], position) => {
    const id = `${act}-${position}`;
    newest[act] = id;
    const refers = {
      redaction: newest["redacted"],
      cleared: newest["cleared"],
      approval: newest["approved"],
      held: newest["held"],
      correction: newest["corrected"],
    };
    const own = {
      cleared: { redaction: refers.redaction ?? "none" },
      reasoned: { note: "The public should know of this.", masked: [], unmasked: [] },
      held: { hold: "active-proceedings", why: "There is a trial." },
      released: { held: refers.held ?? "none", why: "It is over." },
      approved: { cleared: refers.cleared ?? "none", note: newest["reasoned"] ?? "none" },
      published: { approval: refers.approval ?? "none" },
      corrected: { what: "The day was wrong.", why: "We misread it." },
      confirmed: { correction: refers.correction ?? "none" },
      withdrawn: { because: "mistake" },
      redacted: {},
    }[act];
    const at = new Date(NOW + position * 60_000).toISOString();
    return { act, actor, id, position, at, ...own, ...says } as GateAct;
  });
}

const PREPARED: readonly Line[] = [
  ["redacted", "ann"],
  ["cleared", "ann"],
  ["reasoned", "ann"],
];
const AFTER = NOW + 3_600_000;
const stepAfter = (...lines: readonly Line[]): string => standingOf(acts(...lines), AFTER).step;
const isPublic = (...lines: readonly Line[]): boolean => publicOf(standingOf(acts(...lines), AFTER)) !== undefined;

test("each step follows the one before it", () => {
  assert.equal(stepAfter(), "draft");
  assert.equal(stepAfter(["redacted", "ann"]), "draft");
  assert.equal(stepAfter(["redacted", "ann"], ["cleared", "ann"]), "redaction-checked");
  assert.equal(stepAfter(["reasoned", "ann"]), "draft");
  assert.equal(stepAfter(...PREPARED), "note-written");
  assert.equal(stepAfter(...PREPARED, ["approved", "ben"]), "approved");
  assert.equal(stepAfter(...PREPARED, ["approved", "ben"], ["published", "ann"]), "published");
});

test("whoever had a hand in it cannot be the second person", () => {
  assert.equal(stepAfter(...PREPARED, ["approved", "ann"]), "note-written");
  const byThree = [
    ["redacted", "ann"],
    ["cleared", "ben"],
    ["reasoned", "cat"],
  ] as const;
  for (const person of ["ann", "ben", "cat"]) assert.equal(stepAfter(...byThree, ["approved", person]), "note-written");
  assert.equal(stepAfter(...byThree, ["approved", "dan"]), "approved");
  // Letting go of a hold is a hand in it, too.
  assert.equal(stepAfter(...PREPARED, ["held", "ben"], ["released", "ben"], ["approved", "ben"]), "note-written");
});

test("what nobody signed nobody can agree to", () => {
  assert.equal(
    stepAfter(["redacted", null], ["cleared", "ann"], ["reasoned", "ann"], ["approved", "ben"]),
    "note-written",
  );
  assert.equal(stepAfter(...PREPARED, ["approved", null]), "note-written");
});

test("the only one who assessed it cannot agree to it; one of two can", () => {
  const all = acts(...PREPARED, ["approved", "ben"]);
  assert.equal(standingOf(all, AFTER, ["ben"]).step, "note-written");
  assert.equal(standingOf(all, AFTER, ["ben", "ben"]).step, "note-written");
  assert.equal(standingOf(all, AFTER, ["ben", "cat"]).step, "approved");
});

test("an agreement is to what was looked at, and to nothing that came after", () => {
  for (const later of ["redacted", "cleared", "reasoned", "held"] as const)
    assert.equal(
      standingOf(acts(...PREPARED, ["approved", "ben"], [later, "ann"], ["published", "ann"]), AFTER).publication,
      undefined,
      later,
    );
  assert.equal(stepAfter(...PREPARED, ["approved", "ben", { note: "another" }]), "note-written");
  assert.equal(stepAfter(...PREPARED, ["approved", "ben", { cleared: "another" }]), "note-written");
});

test("what is public stays as it was agreed to until others agree to more", () => {
  const before = standingOf(acts(...PREPARED, ["approved", "ben"], ["published", "ann"]), AFTER);
  const after = standingOf(
    acts(...PREPARED, ["approved", "ben"], ["published", "ann"], ["redacted", "ann"], ["reasoned", "ann"]),
    AFTER,
  );
  assert.deepEqual(publicOf(after), publicOf(before));
  assert.equal(after.step, "draft");
});

test("a hold keeps it back, takes it back, and is agreed on anew when it is over", () => {
  const out = [...PREPARED, ["approved", "ben"], ["published", "ann"]] as const;
  assert.ok(isPublic(...out));
  assert.ok(!isPublic(...out, ["held", "ben"]));
  assert.ok(!isPublic(...out, ["held", "ben"], ["released", "ben"]));
  assert.ok(!isPublic(...out, ["held", "ben"], ["released", "ben"], ["approved", "ben"], ["published", "ben"]));
  assert.ok(isPublic(...out, ["held", "ben"], ["released", "ben"], ["approved", "cat"], ["published", "ben"]));
});

test("a hold with a day ends by itself, and what was held before needs agreement after", () => {
  const until = new Date(NOW + 5 * 60_000).toISOString();
  const held = [...PREPARED, ["held", "ann", { hold: "comment-sought", until }]] as const;
  assert.equal(standingOf(acts(...held), NOW + 4 * 60_000).holds.length, 1);
  assert.equal(standingOf(acts(...held), NOW + 5 * 60_000).holds.length, 0);
  assert.equal(stepAfter(...held, ["approved", "ben"]), "note-written");
  const wait = [
    ["withdrawn", "ann"],
    ["withdrawn", "ann"],
  ] as const;
  assert.equal(stepAfter(...held, ...wait, ["approved", "ben"]), "approved");
});

test("one person withdraws; two bring it back", () => {
  const out = [...PREPARED, ["approved", "ben"], ["published", "ann"], ["withdrawn", "ann"]] as const;
  assert.ok(!isPublic(...out));
  assert.ok(!isPublic(...out, ["published", "ann"]));
  assert.ok(isPublic(...out, ["approved", "ben"], ["published", "ann"]));
  assert.deepEqual(standingOf(acts(["withdrawn", "ann"]), AFTER).withdrawn, undefined);
});

test("a correction is public once another agreed to it", () => {
  const out = [...PREPARED, ["approved", "ben"], ["published", "ann"], ["corrected", "ann"]] as const;
  const confirmedIn = (...lines: readonly Line[]): (string | undefined)[] =>
    standingOf(acts(...lines), AFTER).corrections.map(({ confirmedAt }) => confirmedAt);
  assert.deepEqual(confirmedIn(...out), [undefined]);
  assert.deepEqual(confirmedIn(...out, ["confirmed", "ann"]), [undefined]);
  assert.deepEqual(confirmedIn(...out, ["confirmed", null]), [undefined]);
  assert.deepEqual(confirmedIn(...out, ["confirmed", "ben"]), [new Date(NOW + 6 * 60_000).toISOString()]);
});

const KINDS = [...PREPARING_ACTS, ...PUBLIC_ACTS] as const;
const anybody = fc.constantFrom(...PEOPLE);
/** Single acts, and whole ways through the gates, as random ones alone would hardly get there. */
const anyLines = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...KINDS), anybody).map((line): Line[] => [line]) },
      {
        weight: 1,
        arbitrary: fc.tuple(anybody, anybody, anybody).map(([one, two, three]): Line[] => [
          ["redacted", one],
          ["cleared", two],
          ["reasoned", one],
          ["approved", three],
          ["published", two],
        ]),
      },
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.flat());

/** Told anew from the whole list each time, by what must have gone before: no state that is carried along. */
function wasPublishedRightly(all: readonly GateAct[], at: number): boolean {
  const before = all.slice(0, at);
  const last = (kind: GateAct["act"], upTo = before.length): number =>
    before.slice(0, upTo).findLastIndex(({ act }) => act === kind);
  const approved = last("approved");
  const published = all[at];
  const approval = before[approved];
  if (published?.actor === null || approval === undefined || approval.actor === null) return false;
  const [redacted, cleared, reasoned] = [
    last("redacted", approved),
    last("cleared", approved),
    last("reasoned", approved),
  ];
  if (redacted < 0 || cleared < redacted || reasoned < 0) return false;
  // Nothing that undoes an agreement came between.
  const between = before.slice(approved + 1).map(({ act }) => act);
  if (between.some((act) => ["redacted", "cleared", "reasoned", "held"].includes(act))) return false;
  return [redacted, cleared, reasoned].every(
    (hand) => before[hand]?.actor !== null && before[hand]?.actor !== approval.actor,
  );
}

test("whatever is done in whatever order, nothing is public that two people did not agree on", () => {
  let published = 0;
  fc.assert(
    fc.property(anyLines, (lines) => {
      const all = acts(...lines);
      const { publication } = standingOf(all, AFTER);
      if (publication === undefined) return;
      published++;
      const at = all.findLastIndex(({ act, at: when }) => act === "published" && when === publication.at);
      assert.ok(wasPublishedRightly(all, at));
    }),
    { numRuns: 3000 },
  );
  assert.ok(published > 300, `only ${published} were published at all`);
});

test("no order of acts by one person makes anything public", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...KINDS), { maxLength: 30 }), (kinds) => {
      const standing = standingOf(acts(...kinds.map((kind) => [kind, "ann"] as const)), AFTER);
      assert.equal(standing.publication, undefined);
      assert.deepEqual(standing.corrections, []);
    }),
    { numRuns: 2000 },
  );
});

test("a withdrawal or a hold of anybody's takes it from the public at once", () => {
  fc.assert(
    fc.property(anyLines, fc.constantFrom("withdrawn", "held"), fc.constantFrom("ann", "dan"), (lines, kind, who) => {
      assert.equal(publicOf(standingOf(acts(...lines, [kind, who]), AFTER)), undefined);
    }),
    { numRuns: 1000 },
  );
});
