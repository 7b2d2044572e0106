/** How an exhibit came here, in sentences; the technical facts apart. */
import type { ExhibitSummary } from "../index/exhibit-index.ts";
import { isJsonObject, type Json } from "../lib/json.ts";
import { counted, momentInWords, plainly, shown, stepsInWords } from "../verify/wording.ts";

type Fields = Readonly<Record<string, Json>>;

const textOf = (value: Json | undefined, name: string): string | undefined => {
  const found = isJsonObject(value) ? value[name] : undefined;
  return typeof found === "string" ? found : undefined;
};

/** One sentence of ours: in English, and as a code with what stands in it, for whoever says it in another language. */
export interface Told {
  readonly text: string;
  /** None of what only English says yet. */
  readonly code?: string;
  /** Names that end in `At` are times as they were sealed (RFC 3339). */
  readonly values?: Readonly<Record<string, string>>;
}

export function provenanceOf(fields: Fields, { state, sealedAt, erasedAt, reason }: ExhibitSummary): readonly Told[] {
  if (state === "erased") {
    const why = shown(reason ?? "", 2000);
    const text = `It was sealed on ${momentInWords(sealedAt)} and erased on ${momentInWords(erasedAt ?? "")}: ${why}`;
    return [{ text, code: "erased", values: { sealedAt, erasedAt: erasedAt ?? "", reason: why } }];
  }
  const sealed: Told = {
    text: `It was sealed on ${momentInWords(sealedAt)}: nobody can change it now, not even us, without it being seen.`,
    code: "sealed",
    values: { sealedAt },
  };
  if (fields["act"] === "received") return [...receivedSentences(fields), ...sentInSentences(fields), sealed];
  if (fields["archive"] === undefined && fields["sharedArchive"] === undefined && fields["act"] === "recaptured") {
    const why = shown(String(fields["reason"] ?? "it was not there"), 500);
    return [{ text: `There was nothing to record: ${why}`, code: "nothing", values: { reason: why } }, sealed];
  }
  return [...sentInSentences(fields), ...capturedSentences(fields), sealed];
}

function sentInSentences({ sentIn }: Fields): readonly Told[] {
  if (typeof sentIn !== "string") return [];
  const receipt = shown(sentIn, 40);
  const text = `It was sent in by the form, receipt ${receipt}; who sent it is not in the record.`;
  return [{ text, code: "sentIn", values: { receipt } }];
}

function receivedSentences(fields: Fields): readonly Told[] {
  const from = textOf(fields, "receivedFrom");
  const at = textOf(fields, "receivedAt");
  const text = `Others made this file. ${from === undefined ? "It" : `“${shown(from)}” gave it to us, and it`} was received${at === undefined ? "" : ` on ${momentInWords(at)}`}.`;
  return [
    from === undefined || at === undefined
      ? { text }
      : { text, code: "received", values: { from: shown(from), receivedAt: at } },
    { text: "It shows what we were given, not that the page ever said so.", code: "given" },
  ];
}

function capturedSentences(fields: Fields): readonly Told[] {
  const { redirects, byteRecord, status } = fields;
  const pressed = stepsInWords(fields["steps"]);
  const led = Array.isArray(redirects) ? redirects.length : 0;
  return [
    openedSentence(fields),
    ...(byteRecord === "network-log"
      ? [{ text: "The bytes are the very ones that came over the line.", code: "bytes" }]
      : []),
    ...(led > 0
      ? [
          {
            text: `The link led on ${counted(led, "time")} before the page came.`,
            code: "led",
            values: { count: `${led}` },
          },
        ]
      : []),
    ...(typeof status === "number"
      ? [{ text: `The server answered with ${status}.`, code: "status", values: { status: `${status}` } }]
      : []),
    ...(fields["session"] === undefined
      ? []
      : [{ text: "It was seen by somebody who was signed in, not by the public.", code: "session" }]),
    ...(pressed === undefined ? [] : [{ text: `Before it was read, Placard ${pressed}.` }]),
    { text: "It shows that we received this, not that the platform vouches for it.", code: "vouches" },
  ];
}

function openedSentence(fields: Fields): Told {
  const at = textOf(fields, "capturedAt");
  const { browser, requests } = fields;
  const name = shown(textOf(browser, "name") ?? "a browser");
  const count = isJsonObject(requests) && typeof requests["recorded"] === "number" ? requests["recorded"] : undefined;
  const text = `Placard opened the link${at === undefined ? "" : ` on ${momentInWords(at)}`} in ${name} and recorded what the server sent${count === undefined ? "" : `, in ${counted(count, "answer")}`}.`;
  if (at === undefined) return { text };
  const values = { capturedAt: at, browser: name };
  return count === undefined
    ? { text, code: "captured", values }
    : { text, code: "capturedAnswers", values: { ...values, count: `${count}` } };
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
