/** A quotation and what stands under it, the same on paper and on a site: never bare. */
import type { PlacardContent, QuotedPart } from "./content.ts";
import { html, type Markup } from "./markup.ts";
import { type Posted, postedTime, sincePosted } from "./wording.ts";
import { fill, type Speech } from "./words.ts";

/** The direction of the first letter that has one (UAX #9, P2 and P3, for the scripts we carry), or else the page's. */
export function direction(text: string, speech: Speech): "ltr" | "rtl" {
  const first = /\p{L}/u.exec(text)?.[0];
  if (first === undefined) return speech.direction;
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u.test(first) ? "rtl" : "ltr";
}

/** The quotation, where it says anything. */
export function quoted({ quotation = [] }: Pick<PlacardContent, "quotation">): readonly QuotedPart[] | undefined {
  return quotation.some((part) => "mask" in part || part.text.trim() !== "") ? quotation : undefined;
}

/** Longer words are cut where pages and dossiers quote them, which say so: the proof has them whole. */
const LONGEST_QUOTATION = 10_000;

/** Characters, as JavaScript counts them; a bar counts as one. */
export function cutQuotation(parts: readonly QuotedPart[]): {
  readonly parts: readonly QuotedPart[];
  readonly isCut: boolean;
} {
  const kept: QuotedPart[] = [];
  let room = LONGEST_QUOTATION;
  for (const part of parts) {
    const length = "text" in part ? part.text.length : 1;
    if (length > room)
      return { parts: "text" in part ? [...kept, { text: part.text.slice(0, room) }] : kept, isCut: true };
    kept.push(part);
    room -= length;
  }
  return { parts: kept, isCut: false };
}

export function quotedPart(part: QuotedPart, speech: Speech): Markup {
  if ("text" in part) return html`${part.text}`;
  // Three widths only: a bar as wide as what it hides would give it away.
  return bar(part.mask <= 4 ? "s" : part.mask <= 8 ? "m" : "l", speech);
}

function bar(kind: "s" | "m" | "l" | "name", { words }: Speech): Markup {
  return html`<span class="bar ${kind}" role="img" aria-label="${words.frame.masked}"></span>`;
}

/** `by … on …, … · recorded …`. */
export function postedOn(content: Posted, speech: Speech): Markup {
  const { postedBy, platform, postedAt, masked = false } = content;
  const { posted } = speech.words;
  const name = masked ? bar("name", speech) : postedBy === undefined ? undefined : html`<bdi>${postedBy}</bdi>`;
  const by = name === undefined ? undefined : html` ${fill(posted.by, { name })}`;
  const on = platform === undefined ? undefined : html` ${fill(posted.on, { platform: html`<bdi>${platform}</bdi>` })}`;
  const at = postedAt === undefined ? undefined : html`, ${postedTime(content, speech)}`;
  return html`${by}${on}${at}${sincePosted(content, speech).map((part) => html`<span class="since">\u00a0·</span> <span class="since part">${part}</span>`)}`;
}
