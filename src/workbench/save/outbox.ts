/**
 * What was sent and not yet acknowledged, kept on this device: sent again when there is an answer to be had, under the
 * same key, so that it is saved once.
 */
import { answer, api, OFFLINE, Problem } from "../api.ts";

export interface Sent {
  /** 32 hexadecimal digits. */
  readonly key: string;
  readonly text: string;
  readonly caseName?: string;
  readonly note?: string;
}

const KEPT = "placard-outbox";
const KEY_BYTES = 16;

export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(KEY_BYTES))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

export function keptOnDevice(): readonly Sent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(kept) ? (kept as Sent[]) : [];
  } catch {
    return [];
  }
}

function keep(all: readonly Sent[]): void {
  localStorage.setItem(KEPT, JSON.stringify(all));
}

/** On this device first, then to the server. Throws `Problem`; where nobody answered it stays kept. */
export async function send(sent: Sent): Promise<void> {
  keep([...keptOnDevice().filter(({ key }) => key !== sent.key), sent]);
  try {
    await answer(api.captures.$post({ json: { key: sent.key, links: sent.text, ...termsOf(sent) } }));
  } catch (error) {
    // What was refused is for its author to mend; what found no answer, or a full disk, may be taken later.
    if (error instanceof Problem && error.code !== OFFLINE && error.status < 500) forget(sent.key);
    throw error;
  }
  forget(sent.key);
}

function termsOf({ caseName, note }: Sent) {
  return { ...(caseName === undefined ? {} : { caseName }), ...(note === undefined ? {} : { note }) };
}

function forget(key: string): void {
  keep(keptOnDevice().filter((one) => one.key !== key));
}

/** Sends what is kept; resolves to how much is left. */
export async function sendKept(): Promise<number> {
  for (const sent of keptOnDevice()) await send(sent).catch(() => undefined);
  return keptOnDevice().length;
}
