/**
 * What was sent and not yet acknowledged, kept on this device: sent again when there is an answer to be had, under the
 * same key, so that it is saved once. Several members may use one device: each entry is its author's, and is sent only
 * while they are the one signed in.
 */
import { answer, api, Problem } from "../api.ts";

export interface Sent {
  /** 32 hexadecimal digits. */
  readonly key: string;
  /** Whose it is. */
  readonly actor: string;
  readonly text: string;
  readonly caseName?: string;
  readonly note?: string;
  /** When to look at it again: milliseconds after it is sealed. */
  readonly again?: number[];
  /** Name of the session to capture it under. */
  readonly session?: string;
}

const KEPT = "placard-outbox";
/** What is wrong with the links themselves, so that to send them again is of no use. */
const REFUSED: readonly number[] = [400, 409, 413, 422];

function keptOnDevice(): readonly Sent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(kept) ? (kept as Sent[]) : [];
  } catch {
    return [];
  }
}

function keptOf(actor: string): readonly Sent[] {
  return keptOnDevice().filter((sent) => sent.actor === actor);
}

/** How many links of this member's wait on this device. */
export function countKept(actor: string): number {
  const lines = keptOf(actor).flatMap(({ text }) => text.split("\n"));
  return lines.filter((line) => line.trim() !== "").length;
}

function keep(all: readonly Sent[]): void {
  localStorage.setItem(KEPT, JSON.stringify(all));
}

/** Whether `error` is an answer to the links themselves; after any other they stay kept. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Problem && REFUSED.includes(error.status);
}

/** On this device first, then to the server. Throws `Problem`; unless that `isRefusal`, it stays kept. */
export async function send(sent: Sent): Promise<void> {
  keep([...keptOnDevice().filter(({ key }) => key !== sent.key), sent]);
  try {
    await answer(post(sent));
  } catch (error) {
    // What was refused is for its author to mend. No answer, a full disk, a session that has ended: taken later.
    if (isRefusal(error)) forget(sent.key);
    throw error;
  }
  forget(sent.key);
}

function post({ session, key, text, ...terms }: Sent) {
  const json = { key, links: text, ...termsOf(terms) };
  if (session === undefined) return api.captures.$post({ json });
  return api["capture-sessions"][":name"].captures.$post({ param: { name: session }, json });
}

function termsOf({ caseName, note, again }: Pick<Sent, "caseName" | "note" | "again">) {
  return {
    ...(caseName === undefined ? {} : { caseName }),
    ...(note === undefined ? {} : { note }),
    ...(again === undefined ? {} : { again }),
  };
}

function forget(key: string): void {
  keep(keptOnDevice().filter((one) => one.key !== key));
}

/** Erases what is kept of this member's, unsent. */
export function forgetKept(actor: string): void {
  keep(keptOnDevice().filter((one) => one.actor !== actor));
}

/** Sends what is kept of this member's, who must be the one signed in. */
export async function sendKept(actor: string): Promise<void> {
  for (const sent of keptOf(actor)) await send(sent).catch(() => undefined);
}
