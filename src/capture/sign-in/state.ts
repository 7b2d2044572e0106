/** A session as it is kept: who may not be named, and what makes the browser signed in (docs/formats/session.md). */
import type { BrowserContext } from "playwright-core";
import { z } from "zod";
import { fromUtf8, utf8 } from "../../lib/bytes.ts";
import { PlacardError } from "../../lib/error.ts";
import { parseJson } from "../../lib/json.ts";
import { say } from "../said.ts";

/** Cookies, local storage and IndexedDB, in Playwright's form. */
export type StorageState = Awaited<ReturnType<BrowserContext["storageState"]>>;

export interface SignedIn {
  /** What the user calls it. */
  readonly name: string;
  /** Origin of the page at which the user signed in. */
  readonly site: string;
  /** Names of the user's that must be in nothing that is handed out. */
  readonly hide: readonly string[];
  /** Milliseconds since 1970. */
  readonly signedInAt: number;
  readonly state: StorageState;
}

/** More than browsers let a site keep in cookies and local storage; of IndexedDB some sites keep more. */
export const LONGEST_SESSION = 1 << 26;
const FORMAT = 1;

export const sessionName = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u);
export const MOST_HIDDEN = 50;
/** Characters of one name. */
export const LONGEST_HIDDEN = 200;
const hiddenName = z.string().trim().max(LONGEST_HIDDEN).refine(canBeHidden);

const cookie = z.looseObject({
  name: z.string(),
  value: z.string(),
  domain: z.string(),
  path: z.string(),
  expires: z.number(),
  httpOnly: z.boolean(),
  secure: z.boolean(),
  sameSite: z.enum(["Strict", "Lax", "None"]),
});
const origin = z.looseObject({
  origin: z.string(),
  localStorage: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  indexedDB: z.array(z.looseObject({ name: z.string() })).optional(),
});
const schema = z.strictObject({
  format: z.literal(FORMAT),
  name: sessionName,
  site: z.string().min(1).max(2000),
  hide: z.array(hiddenName).max(MOST_HIDDEN),
  signedInAt: z.int().min(0),
  state: z.looseObject({ cookies: z.array(cookie), origins: z.array(origin) }),
});

/** Two Latin letters stand in every other word; two characters of other scripts are whole names, and stand there seldom. */
export function canBeHidden(name: string): boolean {
  const bare = name.trim().normalize("NFC");
  const characters = [...bare].length;
  return characters > 2 || (characters === 2 && utf8(bare).length > 3);
}

export function formatSession(session: SignedIn): Uint8Array {
  const bytes = utf8(JSON.stringify({ format: FORMAT, ...session }));
  if (bytes.length > LONGEST_SESSION) {
    throw new PlacardError("too_large", say("session_too_large", { count: LONGEST_SESSION }));
  }
  return bytes;
}

/** Throws `malformed`, `too_large`, and `unsupported` for another version. */
export function parseSession(bytes: Uint8Array): SignedIn {
  const found = parseJson(fromUtf8(bytes, "session"), "session", { length: LONGEST_SESSION, depth: 64 });
  const parsed = schema.safeParse(found);
  if (parsed.success) {
    const { format: _, ...session } = parsed.data;
    return session as unknown as SignedIn;
  }
  const version = z.looseObject({ format: z.int() }).safeParse(found);
  if (version.success && version.data.format !== FORMAT) {
    throw new PlacardError(
      "unsupported",
      `This session is in format ${version.data.format}, which this version of Placard does not know.`,
    );
  }
  throw new PlacardError("malformed", "The session is not in the form of one.", { cause: parsed.error });
}
