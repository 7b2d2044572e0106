/** An exhibit as one looks at it: what it says and who says so, how it came here, and what became of it since. */
import type { ExhibitSummary } from "../index/exhibit-index.ts";
import { tagsAt } from "../index/find.ts";
import { type ActAbout, actsAbout, type Like, likeExhibit } from "../index/likeness.ts";
import type { FilingChange } from "../index/projection.ts";
import { isJsonObject, type Json } from "../lib/json.ts";
import type { Told } from "../lib/told.ts";
import { type Conflict, conflictInWords, conflictsOf, sourcesOf, tellersOf } from "../verify/sources.ts";
import { timeAsSealed } from "../verify/wording.ts";
import { findExhibit } from "./acts.ts";
import type { RecordContext } from "./context.ts";
import { type History, historyOf } from "./history.ts";
import { type PlacardsMade, PRINTED, placardsMadeOf } from "./placards-made.ts";
import { provenanceOf, technicalFacts } from "./provenance.ts";
import { gateActIn, stepSaid } from "./publication/standing.ts";
import { say } from "./said.ts";
import { filesOf, type ViewedFile } from "./viewed-files.ts";
import { actsFor, alikeFor, fieldsFor, historyFor, summaryFor, tagsFor, type Viewer } from "./viewer.ts";

type Fields = Readonly<Record<string, Json>>;

export interface ViewedFact {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  /** Who says it, in words; empty where it is ours. */
  readonly sources: string;
  /** The same one by one, as they are sealed. */
  readonly by: readonly string[];
  /** Of a time: as it was sealed (RFC 3339), and whether its source named no zone. */
  readonly at?: string;
  readonly zoneless?: true;
  /** It is what a file says of itself. */
  readonly claimed?: true;
}

export interface Step {
  readonly at: string;
  /** One sentence, or several. */
  readonly told: readonly Told[];
  readonly actor: string | null;
  /** Of a recapture: its own id. */
  readonly id?: string;
}

export interface ExhibitView {
  readonly summary: ExhibitSummary;
  readonly words: readonly string[];
  /** The post's own words; covered until asked for. */
  readonly post: {
    readonly text: string;
    readonly isVisible: boolean;
    readonly sources: string;
    readonly by: readonly string[];
  } | null;
  readonly note: string | null;
  readonly tags: readonly string[];
  readonly facts: readonly ViewedFact[];
  readonly conflicts: readonly (Conflict & { readonly text: string })[];
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
  const [about, tags, alike] = await context.index.ask((raw) => [
    actsAbout(raw, summary.id),
    tagsAt(raw, summary.position),
    summary.state === "erased" ? [] : likeExhibit(raw, summary.position, files),
  ]);
  const since = actsFor(about, viewer)
    .filter(({ act }) => act !== PRINTED)
    .map(aboutStep);
  const steps = [sealedStep(summary, sealed), ...history.recaptures.map(recapturedStep), ...since];
  return {
    summary: summaryFor(summary, fields, viewer),
    words,
    post: postOf(fields),
    note: textOf(fields, "note"),
    tags: tagsFor(tags, viewer),
    facts: factsOf(fields),
    conflicts: conflictsOf(fields).map((one) => ({ ...one, text: conflictInWords(one) })),
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
  return {
    text,
    isVisible: fields["postTextVisible"] === true,
    sources: sourcesOf(fields, "postText"),
    by: tellersOf(fields, "postText"),
  };
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
    const fact = {
      name,
      label,
      value: `${isTime ? timeAsSealed(value) : value}${lacks}`,
      sources,
      by: own === null ? [] : tellersOf(fields, name),
    };
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
  return { at: sealedAt, told: [say(kind === "received" ? "step_received" : "step_recorded")], actor };
}

function recapturedStep({ at, result, state, id, actor }: History["recaptures"][number]): Step {
  return { at, told: [state === "erased" ? say("step_found_erased") : foundSaid(result)], actor, id };
}

function foundSaid(result: string | null): Told {
  switch (result) {
    case "unchanged":
    case "edited":
    case "gone":
      return say(`step_${result}`);
    case "page-changed":
      return say("step_page_changed");
    case "not-reachable":
      return say("step_not_reachable");
    default:
      return say("step_looked");
  }
}

function aboutStep(about: ActAbout): Step {
  const { act, at, actor, said } = about;
  if (act === "filed" && said !== null) return { at, told: filedSaid(JSON.parse(said) as FilingChange), actor };
  const step = gateActIn(about);
  if (step !== undefined) return { at, told: [stepSaid(step)], actor };
  return { at, told: [act === "erased" ? say("step_erased") : say("step_other", { act })], actor };
}

function filedSaid({ tagged, untagged, caseName }: FilingChange): readonly Told[] {
  return [
    ...(tagged.length === 0 ? [] : [say("step_tagged", { tags: tagged.join(", ") })]),
    ...(untagged.length === 0 ? [] : [say("step_untagged", { tags: untagged.join(", ") })]),
    ...(caseName === undefined
      ? []
      : [caseName === null ? say("step_out_of_case") : say("step_in_case", { name: caseName })]),
  ];
}
