/** Every exhibit that was ever public, and what is public of it now: what the group's site is made of. */
import type { ActAbout } from "../../index/likeness.ts";
import { type Correction, type Publication, publicOf, type Standing } from "../../show/fold.ts";
import type { RecordContext } from "../context.ts";
import { standingFrom } from "./standing.ts";

export interface PublishedExhibit {
  readonly id: string;
  /** RFC 3339: when it was public first. */
  readonly firstAt: string;
  /** What may be shown; undefined where it is withdrawn, held back, or erased. */
  readonly shown?: Publication;
  readonly withdrawn?: Standing["withdrawn"];
  readonly suspendedAt?: string;
  readonly erasedAt?: string;
  /** Those that a second person agreed to, the newest last. */
  readonly corrections: readonly (Correction & { readonly confirmedAt: string })[];
}

interface Row extends ActAbout {
  readonly about: string;
  readonly erasedAt: string | null;
}

const ALL = `
  SELECT a.about, a.position, a.id, a.act, a.at, a.actor, a.said, e.erasedAt
  FROM actsAbout a JOIN exhibits e ON e.id = a.about
  WHERE a.about IN (SELECT about FROM actsAbout WHERE act = 'published')
  ORDER BY e.position, a.position`;

/** In the order in which they were sealed. */
export async function publishedExhibits(context: RecordContext): Promise<readonly PublishedExhibit[]> {
  const rows = await context.index.ask((raw) => raw.prepare(ALL).all() as unknown as readonly Row[]);
  const now = context.clock.now();
  return [...Map.groupBy(rows, ({ about }) => about)].flatMap(([id, acts]) => publishedOf(id, acts, now));
}

function publishedOf(id: string, acts: readonly Row[], now: number): readonly PublishedExhibit[] {
  const erasedAt = acts[0]?.erasedAt ?? null;
  const firstAt = acts.find(({ act }) => act === "published")?.at ?? "";
  // What was agreed to went with it; that it was public did not.
  if (erasedAt !== null) return [{ id, firstAt, erasedAt, corrections: [] }];
  const standing = standingFrom(acts, now);
  const { publication, withdrawn, suspendedAt, corrections } = standing;
  if (publication === undefined) return [];
  const shown = publicOf(standing);
  return [
    {
      id,
      firstAt: publication.firstAt,
      ...(shown === undefined ? {} : { shown }),
      ...(withdrawn === undefined ? {} : { withdrawn }),
      ...(suspendedAt === undefined ? {} : { suspendedAt }),
      corrections: corrections.flatMap((one) =>
        one.confirmedAt === undefined ? [] : [{ ...one, confirmedAt: one.confirmedAt }],
      ),
    },
  ];
}
