/** The sample to play with: made by the way every post takes, marked in what is sealed, and removed by an erasure. */
import { randomBytes } from "node:crypto";
import { PlacardError } from "../lib/error.ts";
import type { Coded } from "../lib/told.ts";
import { Turnstile } from "../lib/turnstile.ts";
import { SAMPLE_LINKS } from "../sample/sample-case.ts";
import { askFor, cancelAsked, listAsked } from "./asked.ts";
import type { RecordContext } from "./context.ts";
import { eraseExhibit } from "./erase-exhibit.ts";
import { say } from "./said.ts";

export interface SampleState {
  readonly state: "none" | "making" | "there";
  /** How many posts it has, and how many of them are sealed. */
  readonly posts: number;
  readonly exhibits: readonly string[];
  /** Why some of it was not made. */
  readonly reason?: string;
  readonly told?: Coded;
}

export interface Sample {
  state(): Promise<SampleState>;
  /** Asks for it to be captured; `actor` is the pseudonym of who does. Throws `conflict` where there is one. */
  make(actor: string): Promise<SampleState>;
  /** Cancels what of it is not sealed yet, and resolves to its keys, so that what is under way can be stopped. */
  cancel(): Promise<readonly string[]>;
  /** Erases all of it. Safe to repeat. Throws what an erasure throws. */
  remove(actor: string): Promise<void>;
}

const NOTE = "Part of the sample: invented, and evidence of nothing.";
const REASON = "The sample was removed.";
const PATIENCE = 30_000;

export function sampleIn(context: RecordContext): Sample {
  const oneAtATime = new Turnstile();
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    const leave = await oneAtATime.enter(PATIENCE);
    try {
      return await work();
    } finally {
      leave();
    }
  };
  return {
    state: () => stateOf(context),
    make: (actor) =>
      alone(async () => {
        if ((await stateOf(context)).state !== "none")
          throw new PlacardError("conflict", say("sample_there"), { next: say("remove_to_make") });
        const key = randomBytes(16).toString("hex");
        await askFor(context, SAMPLE_LINKS, { key, actor, note: NOTE, sample: true });
        return stateOf(context);
      }),
    cancel: () =>
      alone(async () => {
        const waiting = (await linksOf(context)).filter(({ state }) => state === "waiting");
        for (const { item } of waiting) await cancelAsked(context, item).catch(unlessDone);
        return waiting.map(({ item }) => item);
      }),
    remove: (actor) => alone(() => remove(context, actor)),
  };
}

async function remove(context: RecordContext, actor: string): Promise<void> {
  for (const id of await exhibitsOf(context)) await eraseExhibit(context, id, REASON, actor);
  (await import("./thumbnail.ts")).forgetThumbnails();
  await context.agenda.forget(
    [],
    (await linksOf(context)).map(({ item }) => item),
  );
}

async function linksOf(context: RecordContext) {
  return (await listAsked(context)).flatMap(({ sample, links }) => (sample === true ? links : []));
}

function exhibitsOf({ index }: RecordContext): Promise<readonly string[]> {
  return index.ask((raw) =>
    raw
      .prepare("SELECT id FROM exhibits WHERE sample = 1 AND state = 'sealed' ORDER BY position")
      .all()
      .map((row) => String(row["id"])),
  );
}

async function stateOf(context: RecordContext): Promise<SampleState> {
  const [links, exhibits] = [await linksOf(context), await exhibitsOf(context)];
  const failed = links.find((link) => link.state === "not-captured");
  const why = failed?.state === "not-captured" ? whyOf(failed) : {};
  const isMaking = links.some(({ state }) => state === "waiting");
  const isThere = links.length > 0 || exhibits.length > 0;
  return {
    state: isMaking ? "making" : isThere ? "there" : "none",
    posts: SAMPLE_LINKS.length,
    exhibits,
    ...why,
  };
}

function whyOf({ reason, told }: { readonly reason: string; readonly told?: Coded }) {
  return told === undefined ? { reason } : { reason, told };
}

function unlessDone(error: unknown): void {
  if (!(error instanceof PlacardError) || (error.code !== "conflict" && error.code !== "not_found")) throw error;
}
