/** What members do about questions, each an act; held to what may be before it is sealed (docs/asking.md). */
import { randomBytes } from "node:crypto";
import { type ActOf, type AskAct, askAct, PROMISE } from "../../ask/acts.ts";
import { type AskEntry, foldQuestion, type Question } from "../../ask/fold.ts";
import { letterRefusal } from "../../ask/limits.ts";
import { type Status, statusOf } from "../../ask/status.ts";
import { actsAbout, idsOf } from "../../index/likeness.ts";
import { PlacardError } from "../../lib/error.ts";
import { openAct } from "../../record/sd-jwt.ts";
import { readEach } from "../acts.ts";
import type { RecordContext } from "../context.ts";
import { say } from "../said.ts";
import { type Sealed, seal, sealWithBlobs } from "../seal.ts";

export interface AskedQuestion {
  readonly question: Question;
  readonly status: Status;
}

/** Seals a question with its promise; nothing is sent yet. Throws `usage`, `not_found` (an exhibit it stands on), `storage`. */
export async function askQuestion(
  context: RecordContext,
  fields: Omit<ActOf<"asked">, "act" | "promise" | "token">,
): Promise<Sealed> {
  if (fields.kind === "invitation" && fields.forum === undefined) throw new PlacardError("usage", say("forum_missing"));
  const act = askAct("asked", { ...fields, promise: PROMISE, token: randomBytes(10).toString("hex") });
  for (const id of fields.exhibits) {
    if ((await context.index.find(id))?.state !== "sealed")
      throw new PlacardError("not_found", say("no_exhibit", { id }));
  }
  return seal(context, act);
}

/** As it stands now. Throws `not_found`. */
export async function readQuestion(context: RecordContext, id: string): Promise<AskedQuestion> {
  const question = foldQuestion(id, await entriesOf(context, id));
  if (question === undefined) throw new PlacardError("not_found", say("no_question", { id }));
  return { question, status: statusOf(question, context.clock.now()) };
}

/** Newest first; of one whose own act cannot be read nothing is told. */
export async function listQuestions(context: RecordContext): Promise<readonly AskedQuestion[]> {
  const found: AskedQuestion[] = [];
  for (const id of (await context.index.ask((raw) => idsOf(raw, "asked"))).toReversed()) {
    const question = foldQuestion(id, await entriesOf(context, id));
    if (question !== undefined) found.push({ question, status: statusOf(question, context.clock.now()) });
  }
  return found;
}

async function entriesOf(context: RecordContext, id: string): Promise<readonly AskEntry[]> {
  const entries: AskEntry[] = [];
  for (const { position, id: actId } of await context.index.ask((raw) => actsAbout(raw, id))) {
    for await (const sealed of readEach(context.vault, position, position + 1)) {
      // What is damaged or erased might have been a reply.
      const isLost = sealed instanceof PlacardError || sealed.disclosures.length === 0;
      const { act: fields, time } = isLost ? {} : openAct(sealed);
      entries.push({ id: actId, position, ...(fields === undefined || time === undefined ? {} : { fields, time }) });
    }
  }
  return entries;
}

export interface Agreed extends Sealed {
  readonly messageId?: string;
  readonly bytes?: Uint8Array;
}

/**
 * A person agrees to one letter, which is sealed with its bytes and its Message-ID before it goes anywhere. Throws `conflict` where there may be none now: with
 * why. Where two agree at once and that would be one too many, the later is given up at once.
 */
export async function agreeToLetter(
  context: RecordContext,
  fields: Omit<ActOf<"letter">, "act" | "messageId" | "letter">,
  compose: (question: Question, messageId: string) => Promise<Uint8Array>,
  host: string,
): Promise<Agreed> {
  const { question } = await readQuestion(context, fields.of);
  const now = context.clock.now();
  const why = letterRefusal(question, fields.by, now);
  if (why !== undefined) throw new PlacardError("conflict", why);
  const messageId = `<${randomBytes(16).toString("hex")}@${host}>`;
  const act = askAct("letter", { ...fields, ...(fields.channel === "email" ? { messageId } : {}) });
  const bytes = await compose(question, messageId);
  const mediaType = fields.channel === "email" ? "message/rfc822" : "text/html";
  const sealed = await sealWithBlobs(context, act, async () => ({
    letter: await context.vault.putBlob([bytes], mediaType),
  }));
  const { question: since } = await readQuestion(context, fields.of);
  const before = since.letters.filter(({ fate }) => fate !== "cancelled").findIndex(({ id }) => id === sealed.id);
  const rival = since.letters.some(({ id, fate }) => id !== sealed.id && fate === "agreed");
  if (before >= since.asked.mostLetters || (rival && before > 0)) {
    await note(context, {
      act: "carried",
      of: fields.of,
      letter: sealed.id,
      state: "cancelled",
      at: iso(now),
      source: "member",
    });
    throw new PlacardError("conflict", say("letter_meanwhile"));
  }
  return { ...sealed, bytes, ...(fields.channel === "email" ? { messageId } : {}) };
}

type Noted = Exclude<AskAct, ActOf<"asked"> | ActOf<"letter">>;

/**
 * Whatever else happens to a question. Throws `usage` (not as it should be, a quotation that is not in the reply), `not_found` (of what it is about), `not_allowed` (a member agreeing with
 * themselves), `storage`.
 */
export async function note(context: RecordContext, given: Noted): Promise<Sealed> {
  const { act, ...fields } = given;
  const checked = askAct(act, fields as never);
  const { question } = await readQuestion(context, given.of);
  refuseUnfounded(question, given);
  if (given.act === "confirmed") await refuseOneself(context, given);
  const blobs = Object.values(fields).flatMap((value) =>
    typeof value === "object" && value !== null && "sha256" in value ? [String(value.sha256)] : [],
  );
  return seal(context, checked, blobs);
}

function refuseUnfounded({ letters, replies, events, commitments, asked }: Question, given: Noted): void {
  const has = (all: readonly { readonly id: string }[], id: string): boolean => all.some((one) => one.id === id);
  const founded = ((): boolean => {
    switch (given.act) {
      case "carried":
        return has(letters, given.letter);
      case "classed":
      case "convened":
        return has(replies, given.reply);
      case "disputed":
        return given.reply === undefined || has(replies, given.reply);
      case "minuted":
        return has(events, given.event);
      case "promised":
        return has(replies, given.source) || has(events, given.source);
      case "followed":
        return has(commitments, given.promise);
      default:
        return true;
    }
  })();
  if (!founded) throw new PlacardError("not_found", say("ask_unfounded"));
  if (given.act !== "classed") return;
  if (given.as === "accepted" && asked.kind !== "invitation") throw new PlacardError("usage", say("accepts_nothing"));
  const text = replies.find(({ id }) => id === given.reply)?.act.text;
  if (given.quote !== undefined && text !== undefined && !plain(text).includes(plain(given.quote)))
    throw new PlacardError("usage", say("quote_not_theirs"));
}

/** However its lines are broken. */
const plain = (text: string): string => text.replace(/\s+/g, " ").trim();

async function refuseOneself(context: RecordContext, { of, what, actor }: ActOf<"confirmed">): Promise<void> {
  const said = (await entriesOf(context, of)).find(({ id }) => id === what)?.fields;
  if (said?.["act"] !== "classed" && said?.["act"] !== "followed")
    throw new PlacardError("not_found", say("ask_unfounded"));
  if (said["actor"] === actor) throw new PlacardError("not_allowed", say("second_member"));
}

const iso = (at: number): string => new Date(at).toISOString();
