/** What an exported case says of each exhibit: only what its proof shows to everybody. */

import { isJsonObject, type Json } from "../../lib/json.ts";
import { shareableFacts } from "../held-back.ts";

export interface FileOfCase {
  /** In the folder, with "/". */
  readonly path: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** As a ZIP says it before the bytes. */
  readonly crc32: number;
}

export interface CaseExhibit {
  readonly id: string;
  readonly words: readonly string[];
  readonly state: "sealed" | "erased";
  readonly sealedAt: string;
  readonly erasedAt: string | null;
  readonly reason: string | null;
  readonly recaptureOf: string | null;
  readonly result: string | null;
  readonly receivedFrom: string | null;
  /** By name, as the page (or the file that was received) said them. */
  readonly facts: Readonly<Record<string, string | number>>;
  /** By fact, who says it. */
  readonly sources: Readonly<Record<string, readonly string[]>>;
  readonly proof: FileOfCase | undefined;
  readonly archive: FileOfCase | undefined;
  readonly heldBack: readonly string[];
}

/** Of what an act may say, what is of use in a table; in its order. */
export const FACTS = [
  "url",
  "finalUrl",
  "platform",
  "author",
  "handle",
  "postedAt",
  "editedAt",
  "title",
  "postText",
  "replyTo",
  "likes",
  "reposts",
  "replies",
  "views",
  "status",
  "capturedAt",
  "receivedAt",
] as const;

type Fields = Readonly<Record<string, Json>>;

/** The facts that stand in the exhibit's proof, with those made for sharing in place of those held back. */
export function factsShown(fields: Fields, withheld: readonly string[]): CaseExhibit["facts"] {
  const hidden = new Set(withheld);
  const shown = Object.entries(fields).filter(([name]) => !hidden.has(name));
  const said = shareableFacts(Object.fromEntries(shown));
  const claims = said["act"] === "received" && isJsonObject(said["claims"]) ? said["claims"] : {};
  const facts: Record<string, string | number> = {};
  for (const name of FACTS) {
    const value = said[name] ?? claims[name];
    if (typeof value === "string" || typeof value === "number") facts[name] = value;
  }
  return facts;
}

export function sourcesShown(fields: Fields, facts: CaseExhibit["facts"]): CaseExhibit["sources"] {
  const sources = fields["factSources"];
  if (!isJsonObject(sources)) return {};
  return Object.fromEntries(
    Object.entries(sources).flatMap(([name, said]) => {
      const names = Array.isArray(said) ? (said as readonly Json[]).filter((each) => typeof each === "string") : [];
      return facts[name] === undefined ? [] : [[name, names as readonly string[]]];
    }),
  );
}
