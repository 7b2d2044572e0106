/** Filing: tags and cases that members give exhibits after they were sealed. Each change is an act of its own (docs/formats/filing.md). */
import { tagsAt } from "../index/find.ts";
import { listTags } from "../index/tags.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { type Coded, type Told, textOf, toldBeside } from "../lib/told.ts";
import type { Act } from "../record/act.ts";
import { parseExhibitId } from "../record/exhibit-id.ts";
import { refuseLongTexts } from "./capture-exhibit.ts";
import type { RecordContext } from "./context.ts";
import { finishErasures } from "./erase-exhibit.ts";
import { refuseTooMany } from "./many.ts";
import { say } from "./said.ts";
import { sealAll } from "./seal.ts";

const LONGEST_TAG = 60;
const MOST_TAGS = 20;

export interface Filing {
  readonly tag?: readonly string[];
  readonly untag?: readonly string[];
  /** Null takes it out of its case. */
  readonly caseName?: string | null;
}

export type Filed = { readonly id: string } & (
  | { readonly outcome: "filed" | "as-it-was" }
  | { readonly outcome: "not-filed"; readonly reason: string; readonly told?: Coded }
);

/**
 * Files each exhibit so; once this resolves, what is `filed` survives power loss. One that cannot be filed leaves the
 * others alone. `actor`: the pseudonym of who does it. Throws `usage` (a tag or case that is none, too many), `storage`.
 */
export async function fileExhibits(
  context: RecordContext,
  ids: readonly string[],
  filing: Filing,
  actor: string,
): Promise<readonly Filed[]> {
  refuseTooMany(ids);
  const wanted = await wantedOf(context, filing);
  const planned = await Promise.all([...new Set(ids)].map((id) => planFor(context, id, wanted, actor)));
  const acts = planned.flatMap(({ act }) => act ?? []);
  if (acts.length > 0) await sealAll(context, acts);
  // Somebody may have erased one of them meanwhile; what was said of it then goes as well.
  if ((await context.index.filingsLeft()).length > 0) await finishErasures(context);
  return planned.map(({ told }) => told);
}

interface Wanted {
  readonly tagged: readonly string[];
  readonly untagged: readonly string[];
  readonly caseName: string | null | undefined;
}

async function wantedOf(context: RecordContext, { tag = [], untag = [], caseName }: Filing): Promise<Wanted> {
  const known = new Map((await context.index.ask(listTags)).map(({ tag: name }) => [name.toLowerCase(), name]));
  const tidied = (tags: readonly string[]): readonly string[] => [
    ...new Set(tags.map(tidyTag).map((name) => known.get(name.toLowerCase()) ?? name)),
  ];
  const tagged = tidied(tag);
  const untagged = tidied(untag).filter((name) => !tagged.includes(name));
  if (tagged.length > MOST_TAGS) throw new PlacardError("usage", say("too_many_tags", { count: MOST_TAGS }));
  const put = typeof caseName === "string" ? caseName.trim() : caseName;
  if (typeof put === "string") refuseLongTexts({ caseName: put });
  if (tagged.length === 0 && untagged.length === 0 && put === undefined)
    throw new PlacardError("usage", say("not_said_how_to_file"), { next: say("give_tag_or_case") });
  return { tagged, untagged, caseName: put === "" ? null : put };
}

/** One spelling for what looks the same. Throws `usage`. */
function tidyTag(given: string): string {
  const tag = given.toWellFormed().normalize("NFC").replace(/\s+/gu, " ").trim();
  if (tag !== "" && Array.from(tag).length <= LONGEST_TAG && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(tag)) return tag;
  throw new PlacardError("usage", say("tag_length", { count: LONGEST_TAG }), { next: say("short_word") });
}

interface Planned {
  readonly told: Filed;
  readonly act?: Act;
}

/** Only what changes is sealed. Of a recapture, the exhibit it is of is filed. */
async function planFor(context: RecordContext, given: string, wanted: Wanted, actor: string): Promise<Planned> {
  const notFiled = (said: string | Told): Planned => ({
    told: { id: given, outcome: "not-filed", reason: textOf(said), ...toldBeside(said) },
  });
  try {
    const asked = await context.index.find(parseExhibitId(given));
    const row = asked?.recaptureOf ? await context.index.find(asked.recaptureOf) : asked;
    if (row === undefined) return notFiled(say("no_such_exhibit"));
    if (row.state === "erased" || row.kind === null) return notFiled(say("it_was_erased"));
    const has = await context.index.ask((raw) => tagsAt(raw, row.position));
    const tagged = wanted.tagged.filter((tag) => !has.includes(tag));
    const untagged = wanted.untagged.filter((tag) => has.includes(tag));
    const { caseName } = wanted;
    const moves = caseName !== undefined && caseName !== row.caseName;
    if (has.length + tagged.length - untagged.length > MOST_TAGS)
      return notFiled(say("would_have_tags", { count: MOST_TAGS }));
    if (tagged.length === 0 && untagged.length === 0 && !moves) return { told: { id: given, outcome: "as-it-was" } };
    const change = {
      ...(tagged.length === 0 ? {} : { tagged: [...tagged] }),
      ...(untagged.length === 0 ? {} : { untagged: [...untagged] }),
      ...(moves ? { case: caseName } : {}),
    };
    return {
      told: { id: given, outcome: "filed" },
      act: { act: "filed", of: row.id, position: row.position, ...change, actor },
    };
  } catch (error) {
    if (isPlacardError(error, "usage")) return notFiled(error.told ?? error.message);
    throw error;
  }
}
