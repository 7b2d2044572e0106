/** What an exhibit says on a placard. */
import { createHash } from "node:crypto";
import { PlacardError } from "../lib/error.ts";
import { isJsonObject, type Json } from "../lib/json.ts";
import { passedIn } from "../show/fold.ts";
import { maskWords } from "../show/mask-words.ts";
import type { PlacardContent, PlacardLanguage } from "../show/placard.ts";
import { speechOf } from "../show/words.ts";
import { type ExhibitDetail, findExhibit } from "./acts.ts";
import { attestedFor } from "./attested.ts";
import type { RecordContext } from "./context.ts";
import { heldBack, shareableFacts } from "./held-back.ts";
import { standingIn } from "./publication/standing.ts";
import { shownUnder } from "./redact/hand-out.ts";
import { redactedPicture } from "./redact/redacted-picture.ts";
import { type Redaction, redactionAt } from "./redact/redaction.ts";
import { say } from "./said.ts";
import { openField } from "./shared-archive.ts";

export interface Wanted {
  readonly headline?: string;
  /** Of what Placard says on it. English where nothing is said. */
  readonly language?: PlacardLanguage;
  /** The post's picture besides its words, as it is: somebody has looked at it. */
  readonly picture?: boolean;
}

/** Throws `usage` (received, nothing to quote and no headline, a picture that is held back), `not_found`, `erased`, `mismatch`. */
export async function contentOf(
  context: RecordContext,
  id: string,
  { headline, language, picture = false }: Wanted,
  number: { readonly n: number; readonly of: number },
): Promise<PlacardContent> {
  const found = await findExhibit(context, id);
  const { summary } = found;
  const agreed = summary.state === "erased" ? undefined : passedIn(await standingIn(context, summary.id));
  const redaction = agreed === undefined ? undefined : await redactionAt(context, agreed.redaction.position);
  const detail = { ...found, fields: factsUnder(found.fields, redaction) };
  if (summary.state === "erased") {
    throw new PlacardError(
      "erased",
      `${summary.id} was erased (${summary.reason ?? "no reason kept"}); nothing of it is printed.`,
    );
  }
  if (detail.fields["act"] === "recaptured" && detail.fields["archive"] === undefined) {
    throw new PlacardError("usage", say("nothing_captured", { id: summary.id }), {
      next: say("print_first", { id: summary.recaptureOf ?? "" }),
    });
  }
  if (detail.fields["act"] !== "captured" && detail.fields["act"] !== "recaptured") {
    throw new PlacardError("usage", say("received_no_placard", { id: summary.id }), {
      next: say("hand_out_instead"),
    });
  }
  const text = (name: string): string | undefined => asText(detail.fields[name]);
  const quotation = quotationOf(detail);
  if (quotation === undefined && headline === undefined) throw nothingToQuote(summary.id);
  const platform = text("platform");
  const postedAt = text("postedAt");
  const witnessed = await witnessedBefore(context, detail);
  const screenshot = picture ? await pictureOf(context, found, redaction) : undefined;
  return {
    headline: headline ?? speechOf(language).words.headline,
    ...(quotation === undefined
      ? {}
      : { quotation: [{ text: maskWords(quotation, agreed?.note ?? NOT_SAID).text }], preview: isPreview(detail) }),
    ...(platform === undefined ? {} : { platform }),
    ...(postedAt === undefined ? {} : { postedAt, zoneless: isZoneless(detail) }),
    ...(witnessed === undefined ? {} : { witnessed }),
    ...(screenshot === undefined ? {} : { screenshot }),
    masked: true,
    ...(detail.fields["sample"] === true ? { mark: "sample" } : agreed === undefined ? { mark: "draft" } : {}),
    recordedAt: text("capturedAt") ?? summary.sealedAt,
    id: summary.id,
    words: detail.words,
    verifyUrl: verifyUrl(context, summary.id),
    group: context.file.name,
    ...(number.of > 1 ? { number } : {}),
  };
}

type Fields = Readonly<Record<string, Json>>;

const NOT_SAID = { masked: [], unmasked: [] };

/** Of what may be shown to the public, exactly that; of what is not so far, what may be handed out at all. */
function factsUnder(fields: Fields, redaction: Redaction | undefined): Fields {
  if (redaction === undefined) return shareableFacts(fields);
  // What an exhibit is, is told in any case.
  return { ...shareableFacts(shownUnder(fields, redaction)), act: fields["act"] ?? null };
}

/** The post's own picture; the whole page's where the post could not be cut out of it. */
async function pictureOf(
  { vault }: RecordContext,
  { summary, fields }: ExhibitDetail,
  redaction: Redaction | undefined,
): Promise<NonNullable<PlacardContent["screenshot"]>> {
  if (redaction !== undefined) {
    const of = "postPicture" in fields ? "post" : "page";
    return { png: await redactedPicture(vault, fields, new Set(redaction.tiles), of), of };
  }
  const [name, of] = "postPicture" in fields ? (["postPicture", "post"] as const) : (["screenshot", "page"] as const);
  if (heldBack(fields).includes(name)) {
    throw new PlacardError("usage", say("picture_held_back", { id: summary.id }), {
      next: say("print_without_picture"),
    });
  }
  const blob = await openField(vault, fields, name);
  const ref = fields[name];
  const png = blob === undefined ? undefined : await blob.bytes();
  const isSealed =
    png !== undefined && isJsonObject(ref) && createHash("sha256").update(png).digest("hex") === ref["sha256"];
  if (!isSealed) {
    throw new PlacardError("mismatch", `The picture of ${summary.id} is missing or damaged in the vault.`, {
      next: "placard audit says what is. Print the words without --picture.",
    });
  }
  return { png, of };
}

/**
 * The post's words, where a reader of the page saw them: what only its metadata says is nobody's word, and a title is the
 * page's, with the poster's name in it as often as not.
 */
export function quotationOf({ fields }: Pick<ExhibitDetail, "fields">): string | undefined {
  return fields["postTextVisible"] === true ? asText(fields["postText"]) : undefined;
}

/** Whether nothing but the page's preview (OpenGraph) gave the words: it may have ended them early without a mark. */
export function isPreview({ fields }: Pick<ExhibitDetail, "fields">): boolean {
  const { factSources } = fields;
  const sources = isJsonObject(factSources) ? factSources["postText"] : undefined;
  return Array.isArray(sources) && sources.every((source) => source === "OpenGraph");
}

function nothingToQuote(id: string): PlacardError {
  return new PlacardError("usage", say("nothing_to_quote", { id }), {
    next: say("give_headline"),
  });
}

export function asText(value: Json | undefined): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/** A time without a zone may be off by a day, so the print says that it has none. */
export function isZoneless({ fields }: Pick<ExhibitDetail, "fields">): boolean {
  const { timesWithoutZone } = fields;
  return Array.isArray(timesWithoutZone) && timesWithoutZone.includes("postedAt");
}

/** Upper case throughout, so that the QR code stays in alphanumeric mode. Without a published site it names the exhibit itself. */
export function verifyUrl(context: RecordContext, id: string): string {
  const { site } = context.settings;
  return site === undefined ? `PLACARD:${id}` : shortAddress(site, id).toUpperCase();
}

/** Where an exhibit is on the group's site: short, and never changed. */
export function shortAddress(site: string, id: string): string {
  return `${site.replace(/\/+$/, "")}/V/${id.replaceAll("-", "").slice(3)}`;
}

/** The earliest attestation whose own statement we checked when we took it. */
export async function witnessedBefore(
  context: RecordContext,
  detail: Pick<ExhibitDetail, "summary">,
): Promise<PlacardContent["witnessed"]> {
  const attested = await attestedFor(context, detail.summary.position);
  if (attested === undefined) return undefined;
  const { attestersOf } = await import("./attesters.ts");
  return attestersOf(context, attested);
}
