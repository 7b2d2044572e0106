/** What stands in the frame of an exhibit that may be shown, on a site and in a dossier. */
import type { Json } from "../../lib/json.ts";
import type { QuotedPart } from "../../show/content.ts";
import { type Masking, maskWords } from "../../show/mask-words.ts";
import { shareableFacts } from "../held-back.ts";
import { asText, isPreview, isZoneless, quotationOf } from "../placard-content.ts";

type Fields = Readonly<Record<string, Json>>;

export interface FramedPlace {
  readonly platform?: string;
  readonly postedAt?: string;
  readonly zoneless?: boolean;
}

export interface FramedWords {
  readonly quotation?: readonly QuotedPart[];
  readonly preview?: boolean;
  readonly postedBy?: string;
}

/** `shown`: what anybody may read of it. */
export function framedPlace(shown: Fields): FramedPlace {
  const fields = shareableFacts(shown);
  const platform = asText(fields["platform"]);
  const postedAt = asText(fields["postedAt"]);
  return {
    ...(platform === undefined ? {} : { platform }),
    ...(postedAt === undefined ? {} : { postedAt, zoneless: isZoneless({ fields }) }),
  };
}

export function framedWords(shown: Fields, masking: Masking): FramedWords {
  const fields = shareableFacts(shown);
  const quotation = quotationOf({ fields });
  const postedBy = asText(fields["author"]);
  return {
    ...(quotation === undefined
      ? {}
      : { quotation: [{ text: maskWords(quotation, masking).text }], preview: isPreview({ fields }) }),
    ...(postedBy === undefined ? {} : { postedBy }),
  };
}

/** When it was recorded, by the clock of who did; else when it was sealed. */
export function recordedAt(shown: Fields, sealedAt: string): string {
  return asText(shareableFacts(shown)["capturedAt"]) ?? sealedAt;
}
