/** A time authority or a witness is asked once, for whoever sets one up: whether it answers, and what it says. Nothing of it is kept. */
import { randomBytes } from "node:crypto";
import { toBase64 } from "../lib/bytes.ts";
import { highestIn, verifyTimestamp } from "../verify/timestamp.ts";
import { anchorsOf } from "./attesters.ts";
import { requireAskable, requireReachable, requireWitnessKey } from "./change-settings.ts";
import type { RecordContext } from "./context.ts";
import { publicFetch } from "./public-fetch.ts";
import type { Settings, TimestampAuthority } from "./settings.ts";
import { requestTimestamp } from "./timestamp-client.ts";
import { askWitness } from "./witness-client.ts";

export interface TryOptions {
  readonly allowPrivate?: boolean;
  readonly signal?: AbortSignal;
}

export interface TriedAuthority {
  /** RFC 3339, as it states. */
  readonly time: string;
  /** Whom its certificate names. */
  readonly authority: string;
  /** What it can be held to: base64 of the SHA-256 of its certificate, or of the highest above it that it sent along. */
  readonly certificate: string;
}

const BYTES = 32;

/** Over random bytes, so that nothing is told of the record. Throws `usage`, `remote`, `cancelled`. */
export async function tryAuthority(
  { clock }: Pick<RecordContext, "clock">,
  authority: TimestampAuthority,
  { allowPrivate = false, signal }: TryOptions,
): Promise<TriedAuthority> {
  requireAskable(authority, allowPrivate);
  const message = randomBytes(BYTES);
  const [anchor] = anchorsOf([authority]);
  const { token, time } = await requestTimestamp(authority.url, message, {
    hash: authority.hash,
    nonce: randomBytes(16),
    now: clock.now(),
    ...(allowPrivate ? {} : { reach: publicFetch }),
    ...(anchor === undefined ? {} : { anchor }),
    ...(signal === undefined ? {} : { signal }),
  });
  const { authority: name } = await verifyTimestamp(token, message);
  return { time: new Date(time).toISOString(), authority: name, certificate: toBase64(await highestIn(token)) };
}

/** Over the newest checkpoint, which any witness is to see anyway. Throws `usage`, `remote`, `inconsistent`, `cancelled`. */
export async function tryWitness(
  { clock, log }: Pick<RecordContext, "clock" | "log">,
  { vkey, url }: Settings["witnesses"][number],
  { allowPrivate = false, signal }: TryOptions,
): Promise<{ readonly time: string; readonly name: string }> {
  requireWitnessKey(vkey);
  requireReachable(url, allowPrivate);
  const head = await log.head();
  const { time } = await askWitness(url, {
    vkey,
    checkpoint: head.checkpoint,
    size: head.size,
    signedAt: head.time,
    now: clock.now(),
    consistencyProof: (oldSize) => log.consistencyProof(oldSize, head.size),
    ...(allowPrivate ? {} : { reach: publicFetch }),
    ...(signal === undefined ? {} : { signal }),
  });
  return { time: new Date(time * 1000).toISOString(), name: vkey.split("+")[0] ?? "" };
}
