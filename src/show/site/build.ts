/**
 * A site, file by file: the same content gives the same bytes. What an exhibit's pages depend on is summed up in a key, so that
 * of ten thousand only those are made anew of which something has changed.
 */
import { createHash } from "node:crypto";
import { fromUtf8, utf8 } from "../../lib/bytes.ts";
import { picturePath, proofPath } from "./addresses.ts";
import type { ExhibitDetail, ExhibitEntry, PublishedEntry, SiteContent } from "./content.ts";
import { exhibitPage, withdrawnPage } from "./exhibit-page.ts";
import { feeds } from "./feeds.ts";
import { casePage, casePages, correctionPages, exhibitList, homePage } from "./list-pages.ts";
import type { Frame, SiteFile } from "./page.ts";
import { sitemap } from "./sitemap.ts";
import { siteStyle } from "./style.ts";
import { type Survey, surveyOf } from "./survey.ts";
import { methodPage, missingPage, questionPages } from "./text-pages.ts";
import { SITE_SPEECHES } from "./words.ts";

export type { SiteFile } from "./page.ts";

export interface BuildOptions {
  /** The built verify page's files, by name. */
  readonly verifyPage: ReadonlyMap<string, Uint8Array>;
  /** PNG with the group's name, for whoever shares an address. */
  readonly card?: Uint8Array | undefined;
  /** Whether the files of this exhibit, made under this key, are there still; they are not made again then. */
  readonly isKept: (id: string, key: string) => boolean;
}

export type Piece =
  | { readonly kind: "file"; readonly file: SiteFile }
  /** All files of one exhibit. */
  | { readonly kind: "exhibit"; readonly id: string; readonly key: string; readonly files: readonly SiteFile[] }
  /** They are as they were. */
  | { readonly kind: "kept"; readonly id: string; readonly key: string };

/** Throws `usage`, `too_large`, `malformed` (a picture), and what the content throws. */
export async function* buildSite(content: SiteContent, options: BuildOptions): AsyncGenerator<Piece> {
  const entries: ExhibitEntry[] = [];
  for await (const entry of content.exhibits()) entries.push(entry);
  const survey = surveyOf(content, entries);
  const style = named("site", "css", utf8(siteStyle()));
  const card = options.card === undefined ? undefined : named("card", "png", options.card);
  const frame: Frame = { identity: content.identity, style: style.path, card: card?.path };
  for (const file of [style, ...(card === undefined ? [] : [card])]) yield { kind: "file", file };
  for (const [name, bytes] of options.verifyPage) yield { kind: "file", file: { path: `verify/${name}`, bytes } };
  const look = lookOf(frame);
  for (const entry of entries) yield await exhibitPiece(frame, survey, entry, look, options);
  for (const file of otherPages(frame, survey)) yield { kind: "file", file };
}

async function exhibitPiece(
  frame: Frame,
  survey: Survey,
  entry: ExhibitEntry,
  look: string,
  { isKept }: BuildOptions,
): Promise<Piece> {
  const { id } = entry;
  const within =
    entry.withdrawn === undefined && entry.caseKey !== undefined ? survey.cases.get(entry.caseKey) : undefined;
  const key = digest([look, JSON.stringify([entry, within])]);
  if (isKept(id, key)) return { kind: "kept", id, key };
  if (entry.withdrawn !== undefined)
    return { kind: "exhibit", id, key, files: SITE_SPEECHES.map((speech) => withdrawnPage(frame, speech, entry)) };
  const detail = await entry.load();
  const pages = SITE_SPEECHES.map((speech) => exhibitPage(frame, speech, { entry, detail, within }));
  return { kind: "exhibit", id, key, files: [...pages, ...filesOf(entry, detail)] };
}

function filesOf({ id }: PublishedEntry, { picture, proof }: ExhibitDetail): readonly SiteFile[] {
  const files = [{ path: proofPath(id), bytes: proof }];
  return picture === undefined ? files : [...files, { path: picturePath(id), bytes: picture }];
}

function* otherPages(frame: Frame, survey: Survey): Generator<SiteFile> {
  for (const speech of SITE_SPEECHES) {
    for (const one of survey.content.cases) yield* casePage(frame, speech, one, survey);
    yield* casePages(frame, speech, survey);
    yield* exhibitList(frame, speech, survey);
    yield* questionPages(frame, speech, survey);
    yield methodPage(frame, speech, survey);
    yield* correctionPages(frame, speech, survey);
    yield homePage(frame, speech, survey);
    yield* feeds(frame, speech, survey);
  }
  yield missingPage(frame);
  yield* sitemap(frame, survey);
}

/** By its content, so that no page ever meets another style sheet than its own. */
function named(name: string, ending: string, bytes: Uint8Array): SiteFile {
  return { path: `assets/${name}-${digest([bytes]).slice(0, 16)}.${ending}`, bytes };
}

function digest(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

const INVENTED = "PLC-0000-0000-0000-0000";

/**
 * How pages of exhibits look now, summed up: of two that were invented, with everything on them that there can be. Whatever is
 * changed in how they are made changes it, and nobody has to remember to say so.
 */
function lookOf(frame: Frame): string {
  const at = "2026-03-14T21:07:00Z";
  const entry: PublishedEntry = {
    id: INVENTED,
    platform: "P",
    postedAt: at,
    recordedAt: at,
    publishedAt: at,
    corrections: [{ at, what: "w", why: "y" }],
    version: "",
    load: () => Promise.reject(new TypeError("Nothing was posted.")),
  };
  const detail: ExhibitDetail = {
    words: ["a", "b", "c", "d", "e", "f"],
    quotation: [{ text: "q" }, { mask: 5 }],
    publicInterest: "i",
    assessed: "s",
    witnessed: { names: ["n"], before: at },
    picture: new Uint8Array(PIXEL),
    proof: new Uint8Array(),
  };
  const within = { key: "k", name: "K" };
  const pages = SITE_SPEECHES.flatMap((speech) => [
    exhibitPage(frame, speech, { entry, detail, within }),
    exhibitPage(frame, speech, {
      entry: { ...entry, sample: true },
      detail: { ...detail, preview: true, postedBy: "b" },
    }),
    withdrawnPage(frame, speech, { id: INVENTED, withdrawn: { at, because: "law" } }),
  ]);
  return digest(pages.map(({ bytes }) => fromUtf8(bytes, "page")));
}

/** The least that has a PNG's parts. */
const PIXEL = [
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0, 0, 0, 0,
];
