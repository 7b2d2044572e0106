/** Which placards were made of an exhibit: an act of each pack (docs/decisions/0018), and what is told of them. */
import { actsAbout } from "../index/likeness.ts";
import { PlacardError } from "../lib/error.ts";
import { openAct } from "../record/sd-jwt.ts";
import type { PlacardLanguage, PlacardSize } from "../show/placard.ts";
import { readEach } from "./acts.ts";
import type { RecordContext } from "./context.ts";
import { seal } from "./seal.ts";

export const PRINTED = "printed";

export interface Made {
  readonly size: PlacardSize;
  readonly language: PlacardLanguage;
  /** Pseudonym of who made them. */
  readonly actor?: string | undefined;
}

export interface PlacardsMade {
  /** RFC 3339. */
  readonly at: string;
  readonly size: string;
  readonly language: string;
  /** How many placards the pack was of. */
  readonly placards: number;
  readonly actor: string | null;
}

/**
 * Seals that placards were made of these exhibits, before they are handed over. Neither headline nor words: what is erased
 * must not live on there. Throws what sealing throws.
 */
export async function sealMade(
  context: RecordContext,
  ids: readonly string[],
  { size, language, actor }: Made,
): Promise<void> {
  await seal(context, {
    act: PRINTED,
    exhibits: [...ids],
    size,
    language,
    ...(actor === undefined ? {} : { actor }),
  });
}

/** More are in the record than anyone reads on a screen. */
const MOST_TOLD = 50;

/** Newest first. */
export async function placardsMadeOf(context: RecordContext, id: string): Promise<readonly PlacardsMade[]> {
  const about = await context.index.ask((raw) => actsAbout(raw, id));
  const printed = about.filter(({ act }) => act === PRINTED).slice(-MOST_TOLD);
  const made: PlacardsMade[] = [];
  for (const { position, at, actor } of printed) {
    for await (const sealed of readEach(context.vault, position, position + 1)) {
      // One that is damaged says less; the audit names it.
      const { size, language, exhibits } = sealed instanceof PlacardError ? {} : openAct(sealed).act;
      made.push({
        at,
        size: typeof size === "string" ? size : "",
        // There was no other when none was said.
        language: typeof language === "string" ? language : "en",
        placards: Array.isArray(exhibits) ? exhibits.length : 1,
        actor,
      });
    }
  }
  return made.toReversed();
}
