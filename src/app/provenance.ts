/** How an exhibit came here, in sentences; the technical facts apart. */
import type { ExhibitSummary } from "../index/exhibit-index.ts";
import { isJsonObject, type Json } from "../lib/json.ts";
import { counted, momentInWords, plainly, shown, stepsInWords } from "../verify/wording.ts";

type Fields = Readonly<Record<string, Json>>;

const textOf = (value: Json | undefined, name: string): string | undefined => {
  const found = isJsonObject(value) ? value[name] : undefined;
  return typeof found === "string" ? found : undefined;
};

export function provenanceOf(fields: Fields, { state, sealedAt, erasedAt, reason }: ExhibitSummary): readonly string[] {
  if (state === "erased")
    return [
      `It was sealed on ${momentInWords(sealedAt)} and erased on ${momentInWords(erasedAt ?? "")}: ${shown(reason ?? "", 2000)}`,
    ];
  const sealed = `It was sealed on ${momentInWords(sealedAt)}: nobody can change it now, not even us, without it being seen.`;
  if (fields["act"] === "received") return [...receivedSentences(fields), ...sentInSentences(fields), sealed];
  if (fields["archive"] === undefined && fields["sharedArchive"] === undefined && fields["act"] === "recaptured")
    return [`There was nothing to record: ${shown(String(fields["reason"] ?? "it was not there"), 500)}`, sealed];
  return [...sentInSentences(fields), ...capturedSentences(fields), sealed];
}

function sentInSentences({ sentIn: receipt }: Fields): readonly string[] {
  if (typeof receipt !== "string") return [];
  return [`It was sent in by the form, receipt ${shown(receipt, 40)}; who sent it is not in the record.`];
}

function receivedSentences(fields: Fields): readonly string[] {
  const from = textOf(fields, "receivedFrom");
  const at = textOf(fields, "receivedAt");
  return [
    `Others made this file. ${from === undefined ? "It" : `“${shown(from)}” gave it to us, and it`} was received${at === undefined ? "" : ` on ${momentInWords(at)}`}.`,
    "It shows what we were given, not that the page ever said so.",
  ];
}

function capturedSentences(fields: Fields): readonly string[] {
  const at = textOf(fields, "capturedAt");
  const { browser, requests, status, redirects, byteRecord } = fields;
  const name = textOf(browser, "name") ?? "a browser";
  const count = isJsonObject(requests) && typeof requests["recorded"] === "number" ? requests["recorded"] : undefined;
  const pressed = stepsInWords(fields["steps"]);
  return [
    `Placard opened the link${at === undefined ? "" : ` on ${momentInWords(at)}`} in ${shown(name)} and recorded what the server sent${count === undefined ? "" : `, in ${counted(count, "answer")}`}.`,
    ...(byteRecord === "network-log" ? ["The bytes are the very ones that came over the line."] : []),
    ...(Array.isArray(redirects) && redirects.length > 0
      ? [`The link led on ${counted(redirects.length, "time")} before the page came.`]
      : []),
    ...(typeof status === "number" ? [`The server answered with ${status}.`] : []),
    ...(fields["session"] === undefined ? [] : ["It was seen by somebody who was signed in, not by the public."]),
    ...(pressed === undefined ? [] : [`Before it was read, Placard ${pressed}.`]),
    "It shows that we received this, not that the platform vouches for it.",
  ];
}

/** What people are told otherwise, or is nobody's. */
const TOLD: ReadonlySet<string> = new Set(
  "postText note factConflicts factSources agendaItem changes title case shared".split(" "),
);
const LONGEST = 4000;

export function technicalFacts(
  fields: Fields,
  { position }: ExhibitSummary,
  origin: string,
): readonly { readonly name: string; readonly value: string }[] {
  const own = Object.entries(fields)
    .filter(([name]) => !TOLD.has(name))
    .map(([name, value]) => ({ name, value: plainly(value).slice(0, LONGEST).toWellFormed() }));
  return [{ name: "record", value: origin }, { name: "number", value: String(position + 1) }, ...own];
}
