/** What a table of honest and forged files consists of, and the honest file they are all made from. */
import { toBase64Url, utf8 } from "../../src/lib/bytes.ts";
import type { ErrorCode } from "../../src/lib/error.ts";
import type { Verdict } from "../../src/verify/verdict.ts";
import { capturedAct, honestParts, membersOf, type PlacardParts, pack } from "../placard-fixture.ts";
import { type Members, zipOf } from "../wacz-fixture.ts";

export interface Expected {
  /** Exactly the checks that fail, with their codes. */
  readonly fails: Readonly<Record<string, ErrorCode>>;
  /** Checks that must be in these states; the others may be anything but failing. */
  readonly withheld?: readonly string[];
  readonly holds?: readonly string[];
  readonly absent?: readonly string[];
  /** Words that stand in the verdict's sentences once. */
  readonly once?: string;
  readonly policy?: string;
}

export interface Case extends Expected {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly verdict: Verdict["verdict"];
}

export const honest: PlacardParts = await honestParts();
export const honestMembers: Members = membersOf(honest);
export const honestAct = await capturedAct();

export const HOLDS: Expected = { fails: {} };

/** Parts changed before our own writer packs them. */
export async function changed(name: string, change: Partial<PlacardParts>, expected: Expected): Promise<Case> {
  return judged(name, await pack({ ...honest, ...change }), expected);
}

/** Members changed, as no honest writer packs them. */
export async function repacked(name: string, members: Members, expected: Expected): Promise<Case> {
  return judged(name, await zipOf(members), expected);
}

export function judged(name: string, bytes: Uint8Array<ArrayBuffer>, expected: Expected): Case {
  const verdict = Object.keys(expected.fails).length === 0 ? "holds" : "fails";
  return { name, bytes, verdict, ...expected };
}

/** A file that cannot be taken apart. */
export function unreadable(name: string, bytes: Uint8Array<ArrayBuffer>, code: ErrorCode): Case {
  return { name, bytes, verdict: "unreadable", fails: { file: code } };
}

/** `whole` with `from` replaced; throws where there is nothing to replace, so that no forgery is an honest file. */
export function swap(whole: string, from: string | RegExp, to: string): string {
  const changed = whole.replace(from, () => to);
  if (changed === whole) throw new Error(`There is nothing to forge: ${String(from)}`);
  return changed;
}

export function base64Url(text: string): string {
  return toBase64Url(utf8(text));
}
