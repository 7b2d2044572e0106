/** An exhibit as one looks at it: what it says and who says so, how it came here, and what became of it since. */
import type { ExhibitSummary } from "../index/exhibit-index.ts";
import { actsAbout, type Like, likeExhibit } from "../index/likeness.ts";
import { isJsonObject, type Json } from "../lib/json.ts";
import { conflictSentences, sourcesOf } from "../verify/sources.ts";
import { timeAsSealed } from "../verify/wording.ts";
import { findExhibit } from "./acts.ts";
import type { RecordContext } from "./context.ts";
import { type History, historyOf } from "./history.ts";
import { type PlacardsMade, PRINTED, placardsMadeOf } from "./placards-made.ts";
import { provenanceOf, type Told, technicalFacts } from "./provenance.ts";
import { filesOf, type ViewedFile } from "./viewed-files.ts";
import { alikeFor, fieldsFor, historyFor, summaryFor, type Viewer } from "./viewer.ts";

type Fields = Readonly<Record<string, Json>>;

export interface ViewedFact {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  /** Who says it, in words; empty where it is ours. */
  readonly sources: string;
  /** Of a time: as it was sealed (RFC 3339), and whether its source named no zone. */
  readonly at?: string;
  readonly zoneless?: true;
  /** It is what a file says of itself. */
  readonly claimed?: true;
}

export interface Step {
  readonly at: string;
  readonly what: string;
  /** The same for whoever says it in another language. */
  readonly code?: string;
  readonly actor: string | null;
  /** Of a recapture: its own id. */
  readonly id?: string;
}

export interface ExhibitView {
  readonly summary: ExhibitSummary;
  readonly words: readonly string[];
  /** The post's own words; covered until asked for. */
  readonly post: { readonly text: string; readonly isVisible: boolean; readonly sources: string } | null;
  readonly note: string | null;
  readonly facts: readonly ViewedFact[];
  readonly conflicts: readonly string[];
  readonly provenance: readonly Told[];
  readonly technical: readonly { readonly name: string; readonly value: string }[];
  /** What can be asked for by name: `picture`, `post-picture`, `text`, `media/1` …, `replay`. */
  readonly files: readonly ViewedFile[];
  readonly steps: readonly Step[];
  readonly history: History;
  readonly alike: readonly Like[];
  /** Newest first. */
  readonly made: readonly PlacardsMade[];
}

/** Throws `usage`, `not_found`. */
export async function viewExhibit(context: RecordContext, given: string, viewer: Viewer): Promise<ExhibitView> {
  const { summary, fields: sealed, words } = await findExhibit(context, given);
  const fields = fieldsFor(sealed, viewer);
  const history = await historyOf(context, summary.id);
  const files = mediaHashes(fields);
  const [about, alike] = await context.index.ask((raw) => [
    actsAbout(raw, summary.id),
    summary.state === "erased" ? [] : likeExhibit(raw, summary.position, files),
  ]);
  const since = about.filter(({ act }) => act !== PRINTED).map(aboutStep);
  const steps = [sealedStep(summary, sealed), ...history.recaptures.map(recapturedStep), ...since];
  return {
    summary: summaryFor(summary, fields, viewer),
    words,
    post: postOf(fields),
    note: textOf(fields, "note"),
    facts: factsOf(fields),
    conflicts: conflictSentences(fields),
    provenance: provenanceOf(viewer.isGuest ? fields : { ...fields, ...sentInOf(sealed) }, summary),
    technical: technicalFacts(fields, summary, context.file.origin),
    files: await filesOf(context.vault, fields),
    steps: steps.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    history: historyFor(history, viewer),
    alike: alikeFor(summary, alike, viewer),
    made: await placardsMadeOf(context, summary.id),
  };
}

/** It is handed out to nobody, and told within the group. */
function sentInOf({ sentIn }: Fields): Fields {
  return sentIn === undefined ? {} : { sentIn };
}

function textOf(fields: Fields, name: string): string | null {
  const value = fields[name];
  return typeof value === "string" ? value : null;
}

function postOf(fields: Fields): ExhibitView["post"] {
  const text = textOf(fields, "postText");
  if (text === null) return null;
  return { text, isVisible: fields["postTextVisible"] === true, sources: sourcesOf(fields, "postText") };
}

const FACTS: readonly (readonly [label: string, field: string])[] = [
  ["Posted", "postedAt"],
  ["Edited", "editedAt"],
  ["By", "author"],
  ["Handle", "handle"],
  ["On", "platform"],
  ["Answers", "replyTo"],
  ["Title", "title"],
  ["Address", "url"],
  ["Led to", "finalUrl"],
  ["Recorded", "capturedAt"],
  ["Recorded by", "capturedBy"],
  ["Received from", "receivedFrom"],
  ["Received", "receivedAt"],
  ["Received by", "receivedBy"],
  ["File", "fileName"],
];

function factsOf(fields: Fields): readonly ViewedFact[] {
  const claims = isJsonObject(fields["claims"]) ? fields["claims"] : {};
  const zoneless = fields["timesWithoutZone"];
  return FACTS.flatMap(([label, name]) => {
    const own = textOf(fields, name);
    const value = own ?? textOf(claims, name);
    if (value === null || (name === "finalUrl" && value === fields["url"])) return [];
    const isZoneless = Array.isArray(zoneless) && zoneless.includes(name);
    const lacks = isZoneless ? " (no time zone stated)" : "";
    const sources = own === null ? "what the file says of itself" : sourcesOf(fields, name);
    const isTime = name.endsWith("At");
    const fact = { name, label, value: `${isTime ? timeAsSealed(value) : value}${lacks}`, sources };
    return [
      {
        ...fact,
        ...(isTime ? { at: value } : {}),
        ...(isZoneless ? { zoneless: true as const } : {}),
        ...(own === null ? { claimed: true as const } : {}),
      },
    ];
  });
}

function mediaHashes(fields: Fields): readonly string[] {
  return Object.entries(fields).flatMap(([name, ref]) =>
    /^(?:media\d+|received)$/.test(name) && isJsonObject(ref) && typeof ref["sha256"] === "string"
      ? [ref["sha256"]]
      : [],
  );
}

function sealedStep({ sealedAt, kind }: ExhibitSummary, fields: Fields): Step {
  const actor = textOf(fields, "actor") ?? textOf(fields, "capturedBy") ?? textOf(fields, "receivedBy");
  const code = kind === "received" ? "received" : "recorded";
  return { at: sealedAt, what: kind === "received" ? "Received, and sealed." : "Recorded, and sealed.", code, actor };
}

const FOUND: Readonly<Record<string, string>> = {
  unchanged: "Looked at again: it was still there, unchanged.",
  edited: "Looked at again: it was there, edited.",
  "page-changed": "Looked at again: the page was there, changed.",
  gone: "Looked at again: it was not there.",
  "not-reachable": "Looked at again: it could not be reached.",
};

function recapturedStep({ at, result, state, id, actor }: History["recaptures"][number]): Step {
  const what =
    state === "erased" ? "Looked at again; what was found was erased." : (FOUND[result ?? ""] ?? "Looked at again.");
  const code = state === "erased" ? "foundErased" : (result ?? "looked");
  return { at, what, code, actor, id };
}

const ACTS: Readonly<Record<string, string>> = { erased: "Erased." };

function aboutStep({
  act,
  at,
  actor,
}: {
  readonly act: string;
  readonly at: string;
  readonly actor: string | null;
}): Step {
  return { at, what: ACTS[act] ?? `Recorded: ${act}.`, code: act, actor };
}
