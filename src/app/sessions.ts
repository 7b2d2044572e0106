/** Sessions: signed in by hand once, kept sealed, used by captures, forgotten without a trace. */
import { join } from "node:path";
import { sweepScratch } from "../capture/scratch.ts";
import { formatSession, parseSession, type SignedIn, sessionName } from "../capture/sign-in/state.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { diskSessions, type SessionStore } from "../vault/sessions.ts";
import { browserFor } from "./browser-for.ts";
import type { RecordContext } from "./context.ts";
import { type Hiding, namesToHide } from "./hidden-names.ts";
import { say } from "./said.ts";

export interface LoginOptions extends Hiding {
  readonly allowPrivate?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (step: string) => void;
}

/** What may be told of a session. */
export type SessionSummary = Pick<SignedIn, "name" | "site" | "hide" | "signedInAt">;

export interface DamagedSession {
  /** By which it can be forgotten. */
  readonly id: string;
  readonly why: string;
}

export interface Sessions {
  readonly whole: readonly SessionSummary[];
  readonly damaged: readonly DamagedSession[];
}

/** Opens a window, waits for the person, keeps what makes the browser signed in; a session of the same name is replaced. Throws `usage`, `no_browser`, `cancelled`, `not_captured`, `storage`. */
export async function logIn(
  context: RecordContext,
  name: string,
  link: string,
  options: LoginOptions = {},
): Promise<SessionSummary> {
  const { parseLink, refusePrivate } = await import("../capture/gate/link.ts");
  requireName(name);
  const hide = namesToHide(options);
  const url = parseLink(link);
  if (!options.allowPrivate) refusePrivate(url);
  const browser = await browserFor(context);
  const { openGate } = await import("../capture/gate/gate.ts");
  const { signInByHand } = await import("../capture/sign-in/window.ts");
  await using gate = await openGate(options.allowPrivate ? { mayReach: () => true } : {});
  const state = await signInByHand(url, {
    browser,
    gate: gate.port,
    signal: options.signal ?? new AbortController().signal,
    onProgress: options.onProgress ?? (() => undefined),
  });
  const session = { name, site: url.origin, hide, signedInAt: context.clock.now(), state };
  await keepSession(context, session);
  return summaryOf(session);
}

/** Keeps a session in the place of any other of its name. Throws `storage`, `too_large`. */
export async function keepSession(context: RecordContext, session: SignedIn): Promise<void> {
  const store = storeOf(context);
  const older = await idsOf(store, session.name);
  await store.put(formatSession(session));
  for (const id of older) await store.remove(id);
}

/** Throws `not_found`, and what keeps it from being opened. */
export async function sessionNamed(context: RecordContext, name: string): Promise<SignedIn> {
  const store = storeOf(context);
  let latest: SignedIn | undefined;
  for (const id of await store.ids()) {
    const session = await readOr(store, id);
    if (session instanceof PlacardError || session.name !== name) continue;
    if (latest === undefined || session.signedInAt > latest.signedInAt) latest = session;
  }
  if (latest !== undefined) return latest;
  throw new PlacardError("not_found", `There is no session ${JSON.stringify(name)} in this record.`, {
    next: `placard session login ${JSON.stringify(name)} URL opens a window to sign in; placard session list shows what is there.`,
  });
}

export async function listSessions(context: RecordContext): Promise<Sessions> {
  const store = storeOf(context);
  const whole: SessionSummary[] = [];
  const damaged: DamagedSession[] = [];
  for (const id of await store.ids()) {
    const session = await readOr(store, id);
    if (session instanceof PlacardError) damaged.push({ id, why: session.message });
    else whole.push(summaryOf(session));
  }
  return { whole: whole.toSorted((a, b) => (a.name < b.name ? -1 : 1)), damaged };
}

/** Removes key and file, and what dead captures left of it. By its name, or of a damaged one by its id. Throws `not_found`, `storage`. */
export async function forgetSession(context: RecordContext, name: string): Promise<void> {
  const store = storeOf(context);
  const ids = (await store.ids()).includes(name) ? [name] : await idsOf(store, name);
  if (ids.length === 0) await sessionNamed(context, name);
  for (const id of ids) await store.remove(id);
  await sweepScratch(context.folder.scratch);
}

function storeOf({ folder }: RecordContext): SessionStore {
  return diskSessions(join(folder.vault, "sessions"), folder.keys);
}

async function idsOf(store: SessionStore, name: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const id of await store.ids()) {
    const session = await readOr(store, id);
    if (!(session instanceof PlacardError) && session.name === name) ids.push(id);
  }
  return ids;
}

/** One that cannot be opened must not keep the others shut in. */
async function readOr(store: SessionStore, id: string): Promise<SignedIn | PlacardError> {
  try {
    return parseSession(await store.read(id));
  } catch (error) {
    if (isPlacardError(error)) return error;
    throw error;
  }
}

function summaryOf({ name, site, hide, signedInAt }: SignedIn): SessionSummary {
  return { name, site, hide, signedInAt };
}

function requireName(name: string): void {
  if (sessionName.safeParse(name).success) return;
  throw new PlacardError("usage", say("session_name"));
}
