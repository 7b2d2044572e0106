/** timestamp and cosign: others vouch for when a checkpoint was there. Neither ever fails a capture. */
import { randomBytes } from "node:crypto";
import type { Commit } from "../ledger/backend.ts";
import { utf8 } from "../lib/bytes.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import type { Anchor } from "../verify/timestamp.ts";
import { keepCosignatures, keepToken } from "./attested.ts";
import { anchorsOf } from "./attesters.ts";
import type { RecordContext } from "./context.ts";
import type { TimestampAuthority } from "./settings.ts";
import { requestTimestamp } from "./timestamp-client.ts";
import { askWitness } from "./witness-client.ts";

/** Each further one means that another process has added to the record meanwhile. */
const MOST_ROUNDS = 16;

export interface Attestation {
  readonly by: string;
  readonly outcome: "attested" | "failed";
  /** Ledger size attested. */
  readonly size: number;
  /** RFC 3339 time stated by the attester. */
  readonly time?: string;
  readonly reason?: string;
}

/** Asks each configured authority for a token over the newest checkpoint, verifies it and keeps it. */
export async function timestampHead(context: RecordContext, signal?: AbortSignal): Promise<readonly Attestation[]> {
  const head = await context.log.head();
  return Promise.all(
    context.settings.timestampAuthorities.map((authority) =>
      attempt(authority.name, head.size, async () => {
        const { token, time } = await requestTimestamp(authority.url, utf8(head.checkpoint), {
          hash: authority.hash,
          nonce: randomBytes(16),
          now: context.clock.now(),
          ...anchorOf(authority),
          ...(signal ? { signal } : {}),
        });
        await keepToken(context, head, token);
        return new Date(time).toISOString();
      }),
    ),
  );
}

function anchorOf(authority: TimestampAuthority): { readonly anchor?: Anchor } {
  const [anchor] = anchorsOf([authority]);
  return anchor === undefined ? {} : { anchor };
}

/** Asks each configured witness to cosign the newest checkpoint; the published checkpoint then carries the cosignatures. */
export async function cosignHead(context: RecordContext, signal?: AbortSignal): Promise<readonly Attestation[]> {
  let head = await context.log.head();
  for (let attempt = 1; ; attempt++) {
    const round = await cosignOnce(context, head, signal);
    const newer = await context.log.head();
    // A witness that knows more than this checkpoint was asked by another process of ours, if the record has grown since.
    if (!round.overtaken || newer.size === head.size || attempt === MOST_ROUNDS) return round.attestations;
    head = newer;
  }
}

async function cosignOnce(context: RecordContext, head: Commit, signal?: AbortSignal) {
  const lines: string[] = [];
  let overtaken = false;
  const attestations = await Promise.all(
    context.settings.witnesses.map((witness) =>
      attempt(witness.vkey.split("+")[0] ?? witness.url, head.size, async () => {
        try {
          const cosigned = await askWitness(witness.url, {
            vkey: witness.vkey,
            checkpoint: head.checkpoint,
            size: head.size,
            signedAt: head.time,
            now: context.clock.now(),
            consistencyProof: (oldSize: number) => context.log.consistencyProof(oldSize, head.size),
            ...(signal ? { signal } : {}),
          });
          lines.push(cosigned.line);
          return new Date(cosigned.time * 1000).toISOString();
        } catch (error) {
          overtaken ||= isPlacardError(error, "inconsistent");
          throw error;
        }
      }),
    ),
  );
  if (lines.length > 0) {
    await keepCosignatures(context, head, lines);
    await context.log.publish(head.size, lines);
  }
  return { attestations, overtaken };
}

/** Both, where configured; what fails is reported and never thrown. */
export async function attestHead(context: RecordContext): Promise<readonly Attestation[]> {
  return [...(await cosignHead(context)), ...(await timestampHead(context))];
}

async function attempt(by: string, size: number, work: () => Promise<string>): Promise<Attestation> {
  try {
    return { by, outcome: "attested", size, time: await work() };
  } catch (error) {
    if (!isPlacardError(error) || error.code === "storage") throw error;
    return { by, outcome: "failed", size, reason: error.message };
  }
}

/** `usage` where nothing is configured: said when a person asks, not after every capture. */
export function requireConfigured(what: "timestampAuthorities" | "witnesses", context: RecordContext): void {
  if (context.settings[what].length > 0) return;
  const noun = what === "witnesses" ? "witness" : "timestamp authority";
  throw new PlacardError("usage", `No ${noun} is configured for this record.`, {
    next: `Add one to ${context.folder.settingsFile}; docs/settings.md shows how.`,
  });
}
