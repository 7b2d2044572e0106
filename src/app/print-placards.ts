/** print: exhibits → a PDF of placards, one a page. */
import { dirname } from "node:path";
import { openPending } from "../lib/durable.ts";
import { PlacardError } from "../lib/error.ts";
import type { Json } from "../lib/json.ts";
import type { PlacardContent, PlacardSize } from "../show/placard.ts";
import { type ExhibitDetail, findExhibit } from "./acts.ts";
import { attestedFor } from "./attested.ts";
import { browserFor } from "./browser-for.ts";
import type { RecordContext } from "./context.ts";

export interface PrintOptions {
  readonly size?: PlacardSize;
  readonly headline?: string;
}

const DEFAULT_HEADLINE = "“Never seen it”? Look.";

export interface PrintResult {
  readonly file: string;
  readonly pages: number;
  readonly size: PlacardSize;
  readonly bytes: number;
}

/** Throws `usage`, `not_found`, `erased`, `no_browser`, `storage`. */
export async function printExhibits(
  context: RecordContext,
  ids: readonly string[],
  target: string,
  options: PrintOptions = {},
): Promise<PrintResult> {
  const size = options.size ?? "A3";
  const contents: PlacardContent[] = [];
  for (const [i, id] of ids.entries())
    contents.push(await contentOf(context, id, options, { n: i + 1, of: ids.length }));
  const { placardHtml } = await import("../show/placard.ts");
  const { printPlacards } = await import("../show/print.ts");
  const browser = await browserFor(context);
  const pdf = await printPlacards(placardHtml(contents, { size }), { browser, size });
  const pending = await openPending(dirname(target));
  try {
    await pending.write(pdf);
    await pending.commit(target);
  } finally {
    await pending.discard();
  }
  return { file: target, pages: ids.length, size, bytes: pdf.length };
}

async function contentOf(
  context: RecordContext,
  id: string,
  options: PrintOptions,
  number: { readonly n: number; readonly of: number },
): Promise<PlacardContent> {
  const detail = await findExhibit(context, id);
  const { summary } = detail;
  if (summary.state === "erased") {
    throw new PlacardError(
      "erased",
      `${summary.id} was erased (${summary.reason ?? "no reason kept"}); nothing of it is printed.`,
    );
  }
  if (detail.fields["act"] !== "captured") {
    throw new PlacardError(
      "usage",
      `${summary.id} was received from somebody, not captured; a placard would say more than is known.`,
      {
        next: "placard export hands it out with its proof. If the post is still there, capture it.",
      },
    );
  }
  const text = (name: string): string | undefined => asText(detail.fields[name]);
  const quotation = text("postText") ?? text("title");
  const platform = text("platform");
  const postedAt = statedTime(text("postedAt"), detail.fields["timesWithoutZone"]);
  const witnessed = await witnessedBefore(context, detail);
  return {
    headline: options.headline ?? DEFAULT_HEADLINE,
    ...(quotation === undefined ? {} : { quotation: [{ text: quotation }] }),
    ...(platform === undefined ? {} : { platform }),
    ...(postedAt === undefined ? {} : { postedAt }),
    ...(witnessed === undefined ? {} : { witnessed }),
    masked: true,
    recordedAt: text("capturedAt") ?? summary.sealedAt,
    id: summary.id,
    words: detail.words,
    verifyUrl: verifyUrl(context, summary.id),
    group: context.file.name,
    ...(number.of > 1 ? { number } : {}),
  };
}

function asText(value: Json | undefined): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/** A time without a zone may be off by a day, so the print says that it has none. */
function statedTime(postedAt: string | undefined, withoutZone: Json | undefined): string | undefined {
  const lacks = Array.isArray(withoutZone) && withoutZone.includes("postedAt");
  return postedAt !== undefined && lacks ? `${postedAt} (no time zone stated)` : postedAt;
}

/** Upper case throughout, so that the QR code stays in alphanumeric mode. Without a published site it names the exhibit itself. */
function verifyUrl(context: RecordContext, id: string): string {
  const { site } = context.settings;
  const bare = id.replaceAll("-", "").slice(3);
  return site === undefined ? `PLACARD:${id}` : `${site.replace(/\/+$/, "").toUpperCase()}/V/${bare}`;
}

/** The earliest attestation whose own statement we checked when we took it. */
async function witnessedBefore(context: RecordContext, detail: ExhibitDetail): Promise<PlacardContent["witnessed"]> {
  const attested = await attestedFor(context, detail.summary.position);
  if (attested === undefined) return undefined;
  const { attestersOf } = await import("./attesters.ts");
  return attestersOf(context, attested);
}
