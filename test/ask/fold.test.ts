/** Any acts in any order: one status, nothing said in it that the acts do not bear out, and no word that accuses. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { askAct, PROMISE, readAskAct } from "../../src/ask/acts.ts";
import { type AskEntry, foldQuestion } from "../../src/ask/fold.ts";
import { letterRefusal } from "../../src/ask/limits.ts";
import { SAID } from "../../src/ask/said.ts";
import { type StatusCode, statusOf } from "../../src/ask/status.ts";
import { isPlacardError } from "../../src/lib/error.ts";
import type { Json } from "../../src/lib/json.ts";
import { FUZZ_TIME } from "../fuzz-time.ts";
import { maySaySilence } from "./silence-oracle.ts";
import { actsBy, idOf, readThreads } from "./threads.ts";

type Fields = Readonly<Record<string, Json>>;
const question = idOf("Q");
const box = { numRuns: 1e7, interruptAfterTimeLimit: FUZZ_TIME * 2 };
const ACCUSES = /\b(?:overdue|refus\w*|by law|ignor\w*|fail\w*|must|obliged|late)\b/i;

const asked: Fields = {
  act: "asked",
  kind: "question",
  to: { person: { name: "Wendel Thornby" }, post: { label: "Councillor" }, organization: { name: "Lanterns Council" } },
  timeZone: "Europe/London",
  language: "en",
  text: "Will the lamps be lit again?",
  exhibits: [],
  by: "2026-05-15",
  promise: PROMISE,
  mostLetters: 3,
};

const day = fc.integer({ min: 1, max: 31 }).map((n) => `2026-05-${String(n).padStart(2, "0")}`);
const at = fc.tuple(day, fc.integer({ min: 0, max: 23 })).map(([d, h]) => `${d}T${String(h).padStart(2, "0")}:30:00Z`);
const actor = fc.constantFrom("ann", "ben", "cleo");
const letter = fc.constantFrom("L1", "L2", "L3").map(idOf);
const reply = fc.constantFrom("R1", "R2").map(idOf);
const as = fc.constantFrom("answered", "partly", "declined", "acknowledged", "automatic", "unrelated", "outsideRemit");
const state = fc.constantFrom("accepted", "delivered", "delayed", "bounced", "uncertain", "cancelled", "posted");

/** Each with the name by which others point at it, where they do. */
const anAct: fc.Arbitrary<readonly [string | undefined, Fields]> = fc.oneof(
  fc.tuple(letter, day).map(([id, by]) => [id, { act: "letter", of: question, channel: "email", by }] as const),
  fc
    .tuple(letter, state, at)
    .map(
      ([of, how, when]) =>
        [undefined, { act: "carried", of: question, letter: of, state: how, at: when, source: "member" }] as const,
    ),
  fc
    .tuple(reply, fc.constantFrom("reply", "automatic", "unclear"), at)
    .map(([id, nature, when]) => [id, { act: "replied", of: question, channel: "email", at: when, nature }] as const),
  fc
    .tuple(reply, as, actor, fc.constantFrom("C1", "C2", "C3"))
    .map(
      ([of, how, who, name]) =>
        [idOf(name), { act: "classed", of: question, reply: of, as: how, quote: "No.", actor: who }] as const,
    ),
  fc
    .tuple(fc.constantFrom("C1", "C2", "C3").map(idOf), actor)
    .map(([of, who]) => [undefined, { act: "confirmed", of: question, what: of, actor: who }] as const),
  fc
    .tuple(fc.option(reply), as, at)
    .map(
      ([of, how, when]) =>
        [
          undefined,
          { act: "disputed", of: question, as: how, at: when, ...(of === null ? {} : { reply: of }) },
        ] as const,
    ),
  fc
    .tuple(fc.constantFrom("P1", "P2").map(idOf), day, fc.option(day))
    .map(
      ([id, from, until]) =>
        [id, { act: "paused", of: question, from, reason: "ill", ...(until === null ? {} : { until }) }] as const,
    ),
  fc
    .tuple(fc.constantFrom("P1", "P2").map(idOf), day)
    .map(([pause, on]) => [undefined, { act: "resumed", of: question, pause, on }] as const),
  fc.tuple(at, actor).map(([when, who]) => [undefined, { act: "looked", of: question, at: when, actor: who }] as const),
  fc.constant([
    undefined,
    { act: "withdrawn", of: question, at: "2026-05-09T10:00:00Z", reason: "The lamps are lit." },
  ] as const),
);

/** Without what arises seldom: so that silence comes of it often enough to be looked at. */
const quiet = anAct.filter(([, { act }]) => !["withdrawn", "disputed", "replied", "paused"].includes(String(act)));

function entriesOf(acts: readonly (readonly [string | undefined, Fields])[]): readonly AskEntry[] {
  const taken = new Set<string>();
  const entries: AskEntry[] = [{ id: question, position: 0, fields: asked }];
  acts.forEach(([name, fields], i) => {
    // Ids are hashes: no two acts have one.
    const id = name === undefined || taken.has(name) ? idOf(`fresh ${i}`) : name;
    taken.add(id);
    entries.push({ id, position: i + 1, fields });
  });
  return entries;
}

const someActs = fc
  .oneof(fc.array(anAct, { maxLength: 14 }), fc.array(quiet, { minLength: 4, maxLength: 14 }))
  .map(entriesOf);
const moment = fc.integer({ min: Date.parse("2026-05-01T00:00Z"), max: Date.parse("2026-06-30T00:00Z") });

function statusAt(entries: readonly AskEntry[], now: number) {
  return statusOf(foldQuestion(question, entries) ?? assert.fail("there is a question"), now);
}

test("of any acts: silence is told only where a plain reading allows it, and where that does, nothing else is", () => {
  const seen = new Map<StatusCode, number>();
  fc.assert(
    fc.property(someActs, moment, (entries, now) => {
      const { code, said, beside } = statusAt(entries, now);
      seen.set(code, (seen.get(code) ?? 0) + 1);
      assert.equal(code === "noReply", maySaySilence(entries, now), said.text);
      for (const { text } of [said, ...beside]) {
        assert.doesNotMatch(text, ACCUSES);
        assert.doesNotMatch(text, /[{}]|undefined|NaN|Invalid/, text);
      }
    }),
    box,
  );
  for (const code of ["noReply", "replyCame", "withdrawn", "delivered", "bounced", "unclear"] as const)
    assert.ok((seen.get(code) ?? 0) > 0, `${code} never came up`);
});

test("where a reply's act is there, no reply is never said, whatever else is sealed by one member alone", () => {
  const alone = anAct.map(([id, fields]) => [id, "actor" in fields ? { ...fields, actor: "ann" } : fields] as const);
  fc.assert(
    fc.property(fc.array(alone, { maxLength: 14 }).map(entriesOf), moment, (entries, now) => {
      const { code, said } = statusAt(entries, now);
      if (entries.some(({ fields }) => fields?.["act"] === "replied")) assert.notEqual(code, "noReply");
      assert.doesNotMatch(
        said.text,
        /^(?:Answered|Declined|The reply of|That the question)/,
        "one member judges nothing",
      );
    }),
    box,
  );
});

test("in whatever order acts are read the same is said, and what commutes may be sealed in any order", () => {
  const standing = new Set(["classed", "disputed"]);
  fc.assert(
    fc.property(someActs, moment, fc.array(fc.nat(), { minLength: 15, maxLength: 15 }), (entries, now, keys) => {
      const mixed = entries.map((entry, i) => [keys[i] ?? 0, entry] as const).toSorted(([a], [b]) => a - b);
      const read = mixed.map(([, entry]) => entry);
      assert.deepEqual(statusAt([...read, ...read], now), statusAt(entries, now));
      // Of two readings or two words of theirs the newer counts: those keep their places among themselves.
      if (entries.filter(({ fields }) => standing.has(String(fields?.["act"]))).length > 1) return;
      const sealed = read.map((entry, position) => ({ ...entry, position }));
      assert.deepEqual(statusAt(sealed, now).code, statusAt(entries, now).code);
    }),
    box,
  );
});

test("what is lost, unknown or spoiled throws nothing, and makes nobody look worse", () => {
  const harm: ReadonlySet<StatusCode> = new Set(["noReply", "declined", "partlyAnswered", "outsideRemit"]);
  fc.assert(
    fc.property(someActs, moment, fc.nat(), fc.jsonValue(), fc.string(), (entries, now, at, value, name) => {
      const i = 1 + (at % Math.max(1, entries.length - 1));
      const spoil = (fields: Fields | undefined): AskEntry[] =>
        entries.map((entry, k) => {
          if (k !== i) return entry;
          return fields === undefined ? { id: entry.id, position: entry.position } : { ...entry, fields };
        });
      const field = Object.keys(entries[i]?.fields ?? {})[at % 5] ?? name;
      for (const fields of [
        undefined,
        { act: "foreseen", of: question },
        { ...entries[i]?.fields, [field]: value as Json },
      ]) {
        const spoiled = spoil(fields);
        const { code } = statusAt(spoiled, now);
        const read = fields === undefined ? undefined : readAskAct(fields);
        if (entries.length > 1 && read === undefined) assert.ok(!harm.has(code), code);
      }
    }),
    box,
  );
});

test("a promise once made stays: what came in is in the question from then on, whatever happens after", () => {
  fc.assert(
    fc.property(someActs, someActs, (first, more) => {
      const later = more.slice(1).map((entry, i) => ({ ...entry, id: idOf(`later ${i}`), position: first.length + i }));
      const before = foldQuestion(question, first)?.replies.map(({ id }) => id) ?? [];
      const after = new Set(foldQuestion(question, [...first, ...later])?.replies.map(({ id }) => id));
      assert.ok(before.every((id) => after.has(id)));
    }),
    box,
  );
});

test("there is no question without its promise, without its own act, or of another question's acts", () => {
  assert.equal(readAskAct({ ...asked, promise: "The reply may be published." }), undefined);
  assert.equal(foldQuestion(question, [{ id: question, position: 0 }]), undefined);
  assert.equal(foldQuestion(idOf("other"), [{ id: question, position: 0, fields: asked }]), undefined);
  const theirs: Fields = { act: "letter", of: idOf("other"), channel: "email", by: "2026-05-15" };
  const entries = entriesOf([[idOf("L1"), theirs]]);
  assert.deepEqual(foldQuestion(question, entries)?.letters, []);
});

test("what is to be sealed is held to its form", () => {
  const good = { of: question, channel: "email", by: "2026-05-15" } as const;
  assert.deepEqual(askAct("letter", { ...good, messageId: undefined }), { act: "letter", ...good });
  for (const by of ["2026-02-30", "15 May", "2026-5-1", ""])
    assert.throws(
      () => askAct("letter", { ...good, by }),
      (error) => isPlacardError(error, "usage") && /by/.test(error.message),
    );
});

test("a kept promise is told only where two members agree; nobody is told to have broken one", () => {
  const said = {
    act: "promised",
    of: question,
    source: idOf("R1"),
    words: "The lamps are lit by June.",
    at: "2026-05-05T10:00:00Z",
  };
  const kept = {
    act: "followed",
    of: question,
    promise: idOf("M"),
    state: "kept",
    words: "They are lit.",
    at: "2026-06-02T10:00:00Z",
    actor: "ann",
  };
  const acts: (readonly [string | undefined, Fields])[] = [
    [idOf("M"), said],
    [idOf("F"), kept],
  ];
  assert.equal(foldQuestion(question, entriesOf(acts))?.commitments[0]?.state, "open");
  acts.push([undefined, { act: "confirmed", of: question, what: idOf("F"), actor: "ben" }]);
  assert.equal(foldQuestion(question, entriesOf(acts))?.commitments[0]?.state, "kept");
});

test("no sentence accuses anybody", () => {
  for (const [code, text] of Object.entries(SAID)) assert.doesNotMatch(text, ACCUSES, code);
});

test("letters: so many and no more, none while nobody is there, none before the day, none where something came", () => {
  const thread = (name: string) => readThreads().find((one) => one.name.startsWith(name)) ?? assert.fail(name);
  const refusal = (name: string, when: string, by: string): string | undefined => {
    const one = thread(name);
    const now = Date.parse(when);
    const folded = foldQuestion(one.questionId, actsBy(one, now)) ?? assert.fail(name);
    return letterRefusal(folded, by, now)?.code;
  };
  assert.equal(refusal("01", "2026-05-01T10:00Z", "2026-05-15"), undefined);
  assert.equal(refusal("01", "2026-05-01T10:00Z", "2026-05-07"), "letter_short_notice");
  assert.equal(refusal("02", "2026-05-02T10:00Z", "2026-05-15"), "letter_on_its_way");
  assert.equal(refusal("05", "2026-05-15T22:59Z", "2026-05-30"), "letter_too_soon");
  assert.equal(refusal("05", "2026-05-15T23:00Z", "2026-05-30"), undefined);
  assert.equal(refusal("11", "2026-05-02T10:00Z", "2026-05-30"), undefined);
  assert.equal(refusal("17", "2026-05-16T10:00Z", "2026-05-30"), "letter_on_its_way");
  assert.equal(refusal("22", "2026-06-16T10:00Z", "2026-06-30"), "letter_limit");
  assert.equal(refusal("26", "2026-05-17T10:00Z", "2026-05-30"), "letter_replied");
  assert.equal(refusal("33", "2026-05-17T10:00Z", "2026-05-30"), undefined);
  assert.equal(refusal("04", "2026-05-17T10:00Z", "2026-05-30"), "letter_replied");
  assert.equal(refusal("47", "2026-05-17T10:00Z", "2026-05-30"), "letter_withdrawn");
  assert.equal(refusal("50", "2026-05-16T10:00Z", "2026-05-30"), "letter_resting");
});
