/** `exhibits.jsonld`: a Collection of Notes in ActivityStreams 2.0, with schema.org's words for what that has none for. */
import type { CaseExhibit } from "./case-exhibits.ts";
import type { CaseWords } from "./case-words-en.ts";

type Attached = CaseWords["attached"];

const CONTEXT = ["https://www.w3.org/ns/activitystreams", { schema: "https://schema.org/" }] as const;

/** `called`: what the files beside a note are. */
export function formatNotes(caseName: string, exhibits: readonly CaseExhibit[], called: Attached): string {
  const collection = {
    "@context": CONTEXT,
    type: "Collection",
    name: caseName,
    totalItems: exhibits.length,
    items: exhibits.map((exhibit) => note(exhibit, called)),
  };
  return `${JSON.stringify(collection, undefined, 2)}\n`;
}

function note(exhibit: CaseExhibit, called: Attached): object {
  const { id, words, sealedAt, state, erasedAt, reason, facts, proof, archive } = exhibit;
  const sealed = {
    id: `urn:placard:${id}`,
    "schema:identifier": id,
    "schema:alternateName": words.join(" "),
    "schema:dateCreated": sealedAt,
  };
  if (state === "erased") {
    // What ActivityStreams has for a thing that is no more.
    return { ...sealed, type: "Tombstone", formerType: "Note", deleted: erasedAt, summary: htmlOf(reason ?? "") };
  }
  const { url, author, postText, postedAt } = facts;
  return {
    ...sealed,
    type: "Note",
    ...(isWebAddress(url) ? { url } : {}),
    ...(typeof author === "string" ? { attributedTo: { type: "Person", name: author } } : {}),
    ...(isMoment(postedAt) ? { published: postedAt } : {}),
    ...(typeof facts["title"] === "string" ? { name: facts["title"] } : {}),
    // Readers show `content` as HTML.
    ...(typeof postText === "string"
      ? { content: htmlOf(postText), source: { content: postText, mediaType: "text/plain" } }
      : {}),
    attachment: [
      ...(proof === undefined ? [] : [attached(proof.path, "application/placard+zip", called.proof)]),
      ...(archive === undefined ? [] : [attached(archive.path, "application/wacz", called.archive)]),
    ],
    "schema:additionalProperty": properties(exhibit),
  };
}

const attached = (url: string, mediaType: string, name: string): object => ({ type: "Document", url, mediaType, name });

/** Every fact, in the page's own spelling, with who says it. */
function properties({ facts, sources, receivedFrom, recaptureOf, result, heldBack }: CaseExhibit): readonly object[] {
  const said = Object.entries(facts).map(([name, value]) => ({
    type: "schema:PropertyValue",
    "schema:name": name,
    "schema:value": value,
    ...(sources[name] === undefined ? {} : { "schema:citation": sources[name] }),
  }));
  const others = Object.entries({ receivedFrom, recaptureOf, result, heldBack: heldBack.join(" ") || null });
  return [
    ...said,
    ...others.flatMap(([name, value]) =>
      value === null ? [] : [{ type: "schema:PropertyValue", "schema:name": name, "schema:value": value }],
    ),
  ];
}

function htmlOf(text: string): string {
  const escaped = text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return escaped.replace(/\r\n|\r|\n/g, "<br>");
}

function isWebAddress(value: unknown): value is string {
  return typeof value === "string" && /^https?:\/\//i.test(value) && URL.canParse(value);
}

/** An xsd:dateTime with its zone. */
function isMoment(value: unknown): value is string {
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
  return typeof value === "string" && form.test(value) && !Number.isNaN(Date.parse(value));
}
