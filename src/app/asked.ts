/** What members ask for on a screen: links to be saved, what became of each, and a change of mind. */
import type { AskedBatch, AskedItem } from "../agenda/asked.ts";
import { MOST_LINKS_ASKED, parseLinkTable } from "../agenda/link-table.ts";
import { parseLink, refusePrivate } from "../capture/gate/link.ts";
import type { SAID as CAPTURES_SAID } from "../capture/said.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { type Coded, codedOf } from "../lib/told.ts";
import { cancelledLink } from "./capture-batch.ts";
import { refuseLongTexts } from "./capture-exhibit.ts";
import type { BatchTerms, CaptureOutcome, NotCapturedLink } from "./capture-outcome.ts";
import { causeSaid } from "./causes.ts";
import type { RecordContext } from "./context.ts";
import { say } from "./said.ts";
import { sessionNamed } from "./sessions.ts";

/** What became of a link as far as it is on disk. `waiting` it also is while it is worked on. */
export type AskedLink = { readonly item: string; readonly url: string } & (
  | { readonly state: "waiting" }
  | { readonly state: "sealed"; readonly exhibit: string; readonly doubt?: string }
  | {
      readonly state: "not-captured";
      readonly cause: string;
      readonly reason: string;
      readonly told?: Coded;
      readonly status?: number;
    }
  | { readonly state: "cancelled" }
);

export interface AskedLinks {
  readonly batch: string;
  /** RFC 3339. */
  readonly askedAt: string;
  readonly actor?: string;
  readonly caseName?: string;
  readonly note?: string;
  readonly sample?: boolean;
  /** Name of the session they are captured under. */
  readonly session?: string;
  readonly links: readonly AskedLink[];
}

export interface Asking extends BatchTerms {
  /** 32 hexadecimal digits, made at random by who asks, so that what is sent twice is saved once. */
  readonly key: string;
  readonly actor: string;
}

/**
 * The links of a text or list, each once. Throws `usage` where one is none that may be captured, or there are none;
 * `too_large`.
 */
export function linksIn(given: string | readonly string[], { allowPrivate = false }: BatchTerms): readonly string[] {
  const check = (link: string): void => {
    const url = parseLink(link);
    if (!allowPrivate) refusePrivate(url);
  };
  const links = typeof given === "string" ? parseLinkTable(given, check) : given.map((link) => link.trim());
  for (const link of links) check(link);
  const once = [...new Set(links)];
  if (once.length === 0) throw new PlacardError("usage", say("no_link"), { next: say("paste_one") });
  if (once.length <= MOST_LINKS_ASKED) return once;
  throw new PlacardError("too_large", say("more_than_links", { count: MOST_LINKS_ASKED }), {
    next: say("save_in_parts"),
  });
}

/**
 * Once this resolves, what was asked for survives power loss. Throws what `linksIn` throws, `conflict` (the key is taken, or
 * the session is not kept), `busy`, `storage`.
 */
export async function askFor(
  context: RecordContext,
  given: string | readonly string[],
  { key, ...terms }: Asking,
): Promise<AskedLinks> {
  refuseLongTexts(terms);
  const links = linksIn(given, terms);
  if (terms.session !== undefined) await requireSession(context, terms.session);
  await context.agenda.ask({ batch: key, links, options: JSON.stringify(terms), at: Date.now() });
  const asked = await context.agenda.findAsked({ batch: key });
  const found = asked && toldBatch(asked);
  // Somebody else's key, or one whose exhibits have all been erased.
  if (found === undefined || found.actor !== terms.actor) {
    throw new PlacardError("conflict", say("links_key_taken"), { next: say("send_anew") });
  }
  return found;
}

/** A conflict: sent again, it would be refused again. */
async function requireSession(context: RecordContext, session: string): Promise<void> {
  await sessionNamed(context, session).catch((error: unknown) => {
    if (!isPlacardError(error, "not_found")) throw error;
    throw new PlacardError("conflict", say("session_not_kept", { name: session }), { next: say("another_session") });
  });
}

const SHOWN = 2_000;
const NOT_TAKEN: keyof typeof CAPTURES_SAID = "session_not_taken";

/** Newest first. */
export async function listAsked({ agenda }: RecordContext): Promise<readonly AskedLinks[]> {
  return (await agenda.asked(SHOWN)).map(toldBatch);
}

/** Throws `conflict` where it is done already, `not_found`. */
export async function cancelAsked(context: RecordContext, item: string): Promise<void> {
  const { link } = await findAsked(context, item);
  if (link.state === "cancelled") return;
  if (await context.agenda.cancel(item, JSON.stringify(cancelledLink(link.url)))) return;
  throw new PlacardError("conflict", say("link_done"));
}

/** Throws `conflict` where it waits or was sealed, `not_found`. */
export async function retryAsked(context: RecordContext, item: string): Promise<void> {
  const { link } = await findAsked(context, item);
  if (link.state === "waiting") throw new PlacardError("conflict", say("link_waits"));
  if (link.state !== "sealed" && (await context.agenda.retry(item))) return;
  throw new PlacardError("conflict", say("link_sealed"), { next: say("save_anew") });
}

/** Throws `not_found`. */
export async function findAsked(
  context: RecordContext,
  item: string,
): Promise<{ readonly batch: AskedLinks; readonly link: AskedLink }> {
  const asked = await context.agenda.findAsked({ item });
  const batch = asked && toldBatch(asked);
  const link = batch?.links.find((one) => one.item === item);
  if (batch !== undefined && link !== undefined) return { batch, link };
  throw new PlacardError("not_found", say("link_not_known"), { next: say("ask_anew") });
}

function toldBatch({ batch, options, askedAt, items }: AskedBatch): AskedLinks {
  const { actor, caseName, note, sample, session } = JSON.parse(options) as BatchTerms;
  return {
    batch,
    askedAt: new Date(askedAt).toISOString(),
    ...(actor === undefined ? {} : { actor }),
    ...(caseName === undefined ? {} : { caseName }),
    ...(note === undefined ? {} : { note }),
    ...(sample === undefined ? {} : { sample }),
    ...(session === undefined ? {} : { session }),
    links: items.map(toldItem),
  };
}

function toldItem({ item, url, outcome }: AskedItem): AskedLink {
  if (outcome === null) return { item, url, state: "waiting" };
  return { item, url, ...stateOf(JSON.parse(outcome) as CaptureOutcome) };
}

/** The session's name is told beside it, to those who may know it. */
function withoutSession({ cause, reason, told }: NotCapturedLink): { reason: string; told: Coded | undefined } {
  if (told?.code !== NOT_TAKEN) return { reason, told: told ?? codedOf(causeSaid(cause, reason)) };
  const over = say("session_over");
  return { reason: over.text, told: codedOf(over) };
}

/** What came of a link, in the form in which screens are told. */
export function stateOf(done: CaptureOutcome) {
  if (done.outcome === "sealed") {
    const { id: exhibit, doubt } = done;
    return { state: "sealed", exhibit, ...(doubt === undefined ? {} : { doubt }) } as const;
  }
  const { cause, status } = done;
  const { reason, told } = withoutSession(done);
  return cause === "cancelled"
    ? ({ state: "cancelled" } as const)
    : ({
        state: "not-captured",
        cause,
        reason,
        ...(told === undefined ? {} : { told }),
        ...(status === undefined ? {} : { status }),
      } as const);
}
