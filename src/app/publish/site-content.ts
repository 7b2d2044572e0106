/** What of a record is public, as its site tells it. Whatever does not come through here is on no page. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { concat, fromUtf8, utf8 } from "../../lib/bytes.ts";
import { placeLazily } from "../../lib/durable.ts";
import { PlacardError } from "../../lib/error.ts";
import type { Publication } from "../../show/fold.ts";
import type { ExhibitDetail, ExhibitEntry, PublishedEntry, SiteContent } from "../../show/site/content.ts";
import { findExhibit } from "../acts.ts";
import type { RecordContext } from "../context.ts";
import { witnessedBefore } from "../placard-content.ts";
import { type PublishedExhibit, publishedExhibits } from "../publication/published.ts";
import { framedPlace, framedWords, recordedAt } from "../redact/framed.ts";
import { handedOut, shownUnder } from "../redact/hand-out.ts";
import { redactionAt } from "../redact/redaction.ts";
import { siteQuestions } from "./site-questions.ts";

type Line = Pick<PublishedEntry, "platform" | "postedAt" | "zoneless" | "recordedAt" | "sample">;
/** By exhibit, under the version that they were read for: opening ten thousand acts takes longer than all else. */
type Lines = Readonly<Record<string, { readonly version: string; readonly line: Line }>>;

/** Throws `usage` where the settings do not say where the site will lie. */
export async function siteContent(context: RecordContext): Promise<SiteContent> {
  const { settings, file } = context;
  const { site, siteText } = settings;
  if (site === undefined)
    throw new PlacardError("usage", "Where the site will lie is not set, and its pages, feeds and codes must say it.", {
      next: 'Set "site" in config.json or on the settings screen: https://…',
    });
  const published = await publishedExhibits(context);
  const shown = new Set(published.flatMap((one) => (one.shown === undefined ? [] : [one.id])));
  return {
    identity: { name: file.name, address: site, vkey: file.vkey },
    cases: siteText.cases.map(({ key, name, about }) => ({ key, name, ...(about === undefined ? {} : { about }) })),
    exhibits: () => entries(context, published),
    questions: await siteQuestions(context, shown),
    method: siteText.method,
    corrections: [],
  };
}

async function* entries(context: RecordContext, published: readonly PublishedExhibit[]): AsyncGenerator<ExhibitEntry> {
  const path = join(context.folder.site, "lines.json");
  const known = await readLines(path);
  const lines: Record<string, Lines[string]> = {};
  const caseOf = publicCases(context);
  const attestedAt = await attestations(context);
  const summaries = new Map((await context.index.list()).map((summary) => [summary.id, summary]));
  for (const exhibit of published) {
    const entry = withdrawnEntry(exhibit);
    if (entry !== undefined) {
      yield entry;
      continue;
    }
    const { id, shown } = exhibit as PublishedExhibit & { readonly shown: Publication };
    const { position, caseName } = summaries.get(id) ?? (await summaryOf(context, id));
    const version = digest([
      id,
      shown,
      await attestedAt(position),
      context.settings.witnesses,
      context.settings.timestampAuthorities,
    ]);
    const found = known[id];
    const line = found?.version === version ? found.line : await lineOf(context, id, shown);
    lines[id] = { version, line };
    const caseKey = caseName === null ? undefined : caseOf.get(caseName);
    yield {
      id,
      ...line,
      ...(caseKey === undefined ? {} : { caseKey }),
      publishedAt: shown.at,
      corrections: exhibit.corrections.map(({ confirmedAt, what, why }) => ({ at: confirmedAt, what, why })),
      version,
      load: () => detailOf(context, id, shown),
    };
  }
  await placeLazily(path, utf8(JSON.stringify(lines)));
}

function withdrawnEntry({ id, shown, withdrawn, suspendedAt, erasedAt }: PublishedExhibit): ExhibitEntry | undefined {
  if (erasedAt !== undefined) return { id, withdrawn: { at: erasedAt, because: "erased" } };
  if (withdrawn !== undefined) return { id, withdrawn };
  if (shown === undefined) return { id, withdrawn: { at: suspendedAt ?? "", because: "held" } };
  return undefined;
}

function publicCases({ settings }: RecordContext): ReadonlyMap<string, string> {
  return new Map(settings.siteText.cases.map((one) => [one.case, one.key]));
}

async function summaryOf(context: RecordContext, id: string) {
  const summary = await context.index.find(id);
  if (summary === undefined) throw new PlacardError("inconsistent", `${id} was published, and is not in the index.`);
  return summary;
}

/**
 * Sums up what others have attested of the ledger as far as it may stand in a proof of a place: the first attested sizes past it.
 * Where there is none the proof rests on the ledger as it was when the page was made; it holds as well as any later one.
 */
async function attestations({ backend }: RecordContext): Promise<(position: number) => Promise<string>> {
  const files = Map.groupBy(await backend.list("attested/"), (path) => Number(path.split("/")[1]));
  const sizes = [...files.keys()].filter(Number.isSafeInteger).toSorted((a, b) => a - b);
  const known = new Map<number, Promise<string>>();
  const told = (size: number): Promise<string> => {
    const found = known.get(size) ?? keptOf(size);
    known.set(size, found);
    return found;
  };
  const keptOf = async (size: number): Promise<string> => {
    const note = await backend.get(`attested/${size}/checkpoint`);
    return digest([files.get(size)?.toSorted(), note === undefined ? "" : fromUtf8(note, "checkpoint")]);
  };
  return async (position) => {
    const at = sizes.findIndex((size) => size > position);
    return digest(at < 0 ? [] : await Promise.all(sizes.slice(at, at + CONSIDERED).map(told)));
  };
}

/** As many as one witness or authority may have failed in a row. */
const CONSIDERED = 3;

async function shownOf(context: RecordContext, id: string, { redaction }: Publication) {
  const exhibit = await findExhibit(context, id);
  return { exhibit, redaction: await redactionAt(context, redaction.position) };
}

async function lineOf(context: RecordContext, id: string, publication: Publication): Promise<Line> {
  const { exhibit, redaction } = await shownOf(context, id, publication);
  const shown = shownUnder(exhibit.fields, redaction);
  return {
    ...framedPlace(shown),
    recordedAt: recordedAt(shown, exhibit.summary.sealedAt),
    ...(exhibit.fields["sample"] === true ? { sample: true } : {}),
  };
}

async function detailOf(context: RecordContext, id: string, publication: Publication): Promise<ExhibitDetail> {
  const { exhibit, redaction } = await shownOf(context, id, publication);
  const { shown, picture, file } = await handedOut(context, exhibit, redaction);
  const witnessed = await witnessedBefore(context, exhibit);
  const proof: Uint8Array[] = [];
  for await (const piece of file) proof.push(piece.slice());
  return {
    words: exhibit.words,
    ...framedWords(shown, publication.note),
    publicInterest: publication.note.text,
    ...(witnessed === undefined ? {} : { witnessed }),
    ...(picture === undefined ? {} : { picture }),
    proof: concat(...proof),
  };
}

/** Ours: where it cannot be read, all is read anew. */
async function readLines(path: string): Promise<Lines> {
  try {
    return JSON.parse(fromUtf8(await readFile(path), "lines.json")) as Lines;
  } catch {
    return {};
  }
}

function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
