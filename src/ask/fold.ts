/**
 * A question as its acts make it. What is put in is sorted by its place in the ledger first, so that it does not matter how it comes;
 * what cannot be read (erased, damaged, of a newer version) is counted, since it might have been a reply.
 */
import type { Json } from "../lib/json.ts";
import { type ActOf, type AskAct, type ReplyClass, readAskAct } from "./acts.ts";
import { dayIn } from "./days.ts";
import { type Letter, letterOf } from "./letters.ts";

/** An act that is about the question, as it lies in the record. */
export interface AskEntry {
  readonly id: string;
  readonly position: number;
  /** When it was sealed, milliseconds since 1970. */
  readonly time?: number;
  /** Undefined: it is known to be about this question, and cannot be read any more. */
  readonly fields?: Readonly<Record<string, Json>>;
}

export interface Reply {
  readonly id: string;
  readonly act: ActOf<"replied">;
  readonly cameOn: string;
  /** What two members agree that it is. */
  readonly as?: ReplyClass;
  /** The reason in their own words, of a reply that declines. */
  readonly quote?: string;
  /** One member's reading, that nobody has agreed to yet: for the group, and nobody else. */
  readonly proposed?: ActOf<"classed"> & { readonly id: string };
  /** What whoever wrote it says that it is. */
  readonly theirs?: ReplyClass;
}

export interface Pause {
  readonly id: string;
  readonly from: string;
  /** Open where it is not known. */
  readonly until?: string;
}

export interface Commitment {
  readonly id: string;
  readonly act: ActOf<"promised">;
  /** Nothing is said of one that nobody heard of again. */
  readonly state: "open" | "partlyKept" | "kept";
  /** What was seen of it since, in order; what says that it was kept only where another member agrees. */
  readonly followed: readonly ActOf<"followed">[];
}

export interface ForumEvent {
  readonly id: string;
  readonly act: ActOf<"convened">;
  readonly minutes: readonly ActOf<"minuted">[];
}

export interface Question {
  readonly id: string;
  readonly asked: ActOf<"asked">;
  /** When it was sealed, where that is known: milliseconds since 1970. */
  readonly askedAt?: number;
  /** In the order in which they were agreed to. */
  readonly letters: readonly Letter[];
  /** In the order in which they came. */
  readonly replies: readonly Reply[];
  /** What they say without there being a reply of theirs in the record. */
  readonly theirWords: readonly ActOf<"disputed">[];
  readonly pauses: readonly Pause[];
  readonly looks: readonly ActOf<"looked">[];
  readonly withdrawn?: ActOf<"withdrawn">;
  readonly events: readonly ForumEvent[];
  readonly commitments: readonly Commitment[];
  /** Whether every act about it could be read. */
  readonly whole: boolean;
}

type Read = AskAct & { readonly id: string };
type ReadOf<Name extends AskAct["act"]> = Extract<Read, { readonly act: Name }>;

/** Undefined where the question's own act cannot be read. */
export function foldQuestion(questionId: string, entries: readonly AskEntry[]): Question | undefined {
  const once = new Map(entries.map((entry) => [entry.id, entry]));
  const sorted = [...once.values()].toSorted((a, b) => a.position - b.position);
  const acts = sorted.flatMap(({ id, fields }): Read[] => {
    const act = fields === undefined ? undefined : readAskAct(fields);
    return act === undefined ? [] : [{ ...act, id }];
  });
  const asked = acts.find((act): act is ReadOf<"asked"> => act.act === "asked" && act.id === questionId);
  if (asked === undefined) return undefined;
  const about = <Name extends Exclude<AskAct["act"], "asked">>(name: Name): readonly ReadOf<Name>[] =>
    acts.filter((act): act is ReadOf<Name> => act.act === name && (act as ReadOf<"letter">).of === questionId);
  const withdrawn = about("withdrawn")[0];
  const askedAt = once.get(questionId)?.time;
  const replied = about("replied");
  const agreed = agreements(about("confirmed"));
  const readings = about("classed");
  const disputed = about("disputed");
  return {
    id: questionId,
    asked,
    ...(askedAt === undefined ? {} : { askedAt }),
    letters: about("letter").map(({ id, ...act }) =>
      letterOf(
        id,
        act,
        about("carried").filter(({ letter }) => letter === id),
        asked.timeZone,
      ),
    ),
    replies: replied
      .map(({ id, ...act }) => replyOf(id, act, { zone: asked.timeZone, readings, agreed, disputed }))
      .toSorted((a, b) => Date.parse(a.act.at) - Date.parse(b.act.at)),
    theirWords: disputed.filter(({ reply }) => !replied.some(({ id }) => id === reply)),
    pauses: about("paused").map((pause) => pauseOf(pause, about("resumed"))),
    looks: about("looked"),
    ...(withdrawn === undefined ? {} : { withdrawn }),
    events: about("convened")
      .filter(({ reply }) => replied.some(({ id }) => id === reply))
      .map(({ id, ...act }) => ({ id, act, minutes: about("minuted").filter(({ event }) => event === id) })),
    commitments: about("promised").map(({ id, ...act }) => commitmentOf(id, act, about("followed"), agreed)),
    whole: acts.length === sorted.length,
  };
}

/** Whether somebody else than who said it agrees. */
type Agreed = (said: { readonly id: string; readonly actor: string }) => boolean;

function agreements(confirmed: readonly ReadOf<"confirmed">[]): Agreed {
  return ({ id, actor }) => confirmed.some((one) => one.what === id && one.actor !== actor);
}

interface About {
  readonly zone: string;
  readonly readings: readonly ReadOf<"classed">[];
  readonly agreed: Agreed;
  readonly disputed: readonly ReadOf<"disputed">[];
}

/** The newest reading counts, and only once it is agreed to: an older one is somebody's doubt by then. */
function replyOf(id: string, act: ActOf<"replied">, { zone, readings, agreed, disputed }: About): Reply {
  const reading = readings.findLast(({ reply }) => reply === id);
  const theirs = disputed.findLast(({ reply }) => reply === id)?.as;
  const stands = reading !== undefined && agreed(reading);
  return {
    id,
    act,
    cameOn: dayIn(zone, Date.parse(act.at)),
    ...(stands ? { as: reading.as } : {}),
    ...(stands && reading.quote !== undefined ? { quote: reading.quote } : {}),
    ...(reading === undefined || stands ? {} : { proposed: reading }),
    ...(theirs === undefined ? {} : { theirs }),
  };
}

function pauseOf({ id, from, until }: ReadOf<"paused">, resumed: readonly ReadOf<"resumed">[]): Pause {
  const ends = [until, ...resumed.filter(({ pause }) => pause === id).map(({ on }) => on)];
  const last = ends.filter((day) => day !== undefined).toSorted()[0];
  return { id, from, ...(last === undefined ? {} : { until: last }) };
}

function commitmentOf(
  id: string,
  act: ActOf<"promised">,
  all: readonly ReadOf<"followed">[],
  agreed: Agreed,
): Commitment {
  const followed = all.filter((one) => one.promise === id && (one.state === "note" || agreed(one)));
  const kept = followed.findLast(({ state }) => state !== "note")?.state;
  return { id, act, state: kept === "kept" || kept === "partlyKept" ? kept : "open", followed };
}
