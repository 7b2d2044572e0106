/** How an exhibit came here, in sentences; the technical facts apart. */
import type { ExhibitSummary } from "../index/exhibit-index.ts";
import { isJsonObject, type Json } from "../lib/json.ts";
import type { Told } from "../lib/told.ts";
import { counted, momentInWords, type Pressed, plainly, shown, stepsOf } from "../verify/wording.ts";
import { causeSaid } from "./causes.ts";
import { say } from "./said.ts";

type Fields = Readonly<Record<string, Json>>;

const textOf = (value: Json | undefined, name: string): string | undefined => {
  const found = isJsonObject(value) ? value[name] : undefined;
  return typeof found === "string" ? found : undefined;
};

export function provenanceOf(fields: Fields, { state, sealedAt, erasedAt, reason }: ExhibitSummary): readonly Told[] {
  if (state === "erased") {
    const values = { sealedAt, erasedAt: erasedAt ?? "", reason: shown(reason ?? "", 2000) };
    return [say("from_erased", values, { sealedAt: momentInWords(sealedAt), erasedAt: momentInWords(erasedAt ?? "") })];
  }
  const sealed = say("from_sealed", { sealedAt }, { sealedAt: momentInWords(sealedAt) });
  if (fields["act"] === "received") return [...receivedSentences(fields), ...sentInSentences(fields), sealed];
  if (fields["archive"] === undefined && fields["sharedArchive"] === undefined && fields["act"] === "recaptured") {
    const reason = shown(textOf(fields, "reason") ?? "it was not there", 500);
    return [say("from_nothing", { reason: causeSaid(textOf(fields, "cause") ?? "", reason) ?? reason }), sealed];
  }
  return [...sentInSentences(fields), ...capturedSentences(fields), sealed];
}

function sentInSentences({ sentIn }: Fields): readonly Told[] {
  return typeof sentIn === "string" ? [say("from_sent_in", { receipt: shown(sentIn, 40) })] : [];
}

function receivedSentences(fields: Fields): readonly Told[] {
  return [receivedFrom(textOf(fields, "receivedFrom"), textOf(fields, "receivedAt")), say("from_given")];
}

function receivedFrom(from: string | undefined, receivedAt: string | undefined): Told {
  if (receivedAt === undefined)
    return from === undefined ? say("from_nobody") : say("from_somebody", { from: shown(from) });
  const inEnglish = { receivedAt: momentInWords(receivedAt) };
  return from === undefined
    ? say("from_nobody_at", { receivedAt }, inEnglish)
    : say("from_somebody_at", { from: shown(from), receivedAt }, inEnglish);
}

function capturedSentences(fields: Fields): readonly Told[] {
  const { redirects, byteRecord, status } = fields;
  const led = Array.isArray(redirects) ? redirects.length : 0;
  return [
    openedSentence(fields),
    ...(byteRecord === "network-log" ? [say("from_bytes")] : []),
    ...(led > 0 ? [say("from_led", { count: led }, { count: counted(led, "time") })] : []),
    ...(typeof status === "number" ? [say("from_status", { status })] : []),
    ...(fields["session"] === undefined ? [] : [say("from_session")]),
    ...stepsOf(fields["steps"]).map(pressedSentence),
    say("from_vouches"),
  ];
}

function openedSentence(fields: Fields): Told {
  const capturedAt = textOf(fields, "capturedAt");
  const browser = shown(textOf(fields["browser"], "name") ?? "a browser");
  if (capturedAt === undefined) return say("from_captured_once", { browser });
  const { requests } = fields;
  const count = isJsonObject(requests) && typeof requests["recorded"] === "number" ? requests["recorded"] : undefined;
  const when = { capturedAt: momentInWords(capturedAt) };
  return count === undefined
    ? say("from_captured_at", { capturedAt, browser }, when)
    : say("from_captured_answers", { capturedAt, browser, count }, { ...when, count: counted(count, "answer") });
}

function pressedSentence({ did, words }: Pressed): Told {
  switch (did) {
    case "refused-consent":
      return say("pressed_refused_consent", { words });
    case "opened-settings":
      return say("pressed_opened_settings", { words });
    case "revealed":
      return say("pressed_revealed", { words });
    case "opened-more":
      return say("pressed_opened_more", { words });
    default:
      return say("pressed_other", { words });
  }
}

/** What people are told otherwise, or is nobody's. */
const TOLD: ReadonlySet<string> = new Set(
  "postText note factConflicts factSources agendaItem changes comparison title case shared".split(" "),
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
