/** What became of each link and picture that was sent in: as the record knows it, which forgets nothing that was sealed. */
import type { AskedLink } from "../../app/asked.ts";
import type { PlacardRecord } from "../../app/record.ts";
import { isPlacardError } from "../../lib/error.ts";
import type { Coded } from "../../lib/told.ts";
import type { Intake } from "./open.ts";
import type { Part } from "./sent.ts";

/** `gone`: nothing of it is kept, be it that it was erased or that it was never saved, long ago. */
export const STANDINGS = ["waiting", "saving", "saved", "failed", "gone"] as const;

export interface StandingPart extends Part {
  readonly standing: (typeof STANDINGS)[number];
  readonly exhibit?: string;
  /** Why it could not be saved. */
  readonly why?: string;
  readonly told?: Coded;
}

export async function standingOf(record: PlacardRecord, intake: Intake, ref: string): Promise<readonly StandingPart[]> {
  const parts = await withItems(record, intake, ref);
  const sealed = await record.sealedFor(parts.flatMap(({ item }) => item ?? []));
  return Promise.all(
    parts.map(async (part) => {
      const row = part.item === null ? undefined : sealed.get(part.item);
      // Of what was erased the index forgets the key.
      if (row !== undefined) return { ...part, standing: "saved", exhibit: row.id } as const;
      if (part.kind === "picture") return { ...part, standing: part.here === 1 ? "waiting" : "gone" } as const;
      if (part.item === null) return { ...part, standing: "waiting" } as const;
      return { ...part, ...linkStanding(await askedLink(record, part.item)) };
    }),
  );
}

/** A process that was killed may have asked for links and not have noted by which keys they are known. */
async function withItems(record: PlacardRecord, intake: Intake, ref: string): Promise<readonly Part[]> {
  const parts = intake.sent.parts(ref);
  const unknown = new Set(parts.flatMap(({ batch, item }) => (batch !== null && item === null ? [batch] : [])));
  if (unknown.size === 0) return parts;
  for (const { batch, links } of await record.asked()) if (unknown.has(batch)) intake.sent.known(batch, links);
  return intake.sent.parts(ref);
}

function linkStanding(asked: AskedLink | undefined): Pick<StandingPart, "standing" | "why" | "told"> {
  if (asked === undefined) return { standing: "gone" };
  if (asked.state === "not-captured") {
    const { reason: why, told } = asked;
    return { standing: "failed", why, ...(told === undefined ? {} : { told }) };
  }
  return { standing: asked.state === "cancelled" ? "failed" : "saving" };
}

async function askedLink(record: PlacardRecord, item: string): Promise<AskedLink | undefined> {
  try {
    const { links } = await record.askedFor(item);
    return links.find((link) => link.item === item);
  } catch (error) {
    if (isPlacardError(error, "not_found")) return undefined;
    throw error;
  }
}
