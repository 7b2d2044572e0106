/** The tags that members have given exhibits (docs/formats/filing.md). */
import type { DatabaseSync } from "node:sqlite";

export interface TagSummary {
  readonly tag: string;
  readonly exhibits: number;
}

/** The most used first. */
export function listTags(raw: DatabaseSync): readonly TagSummary[] {
  return raw
    .prepare("SELECT tag, count(*) AS exhibits FROM tags GROUP BY tag ORDER BY exhibits DESC, tag")
    .all() as unknown as readonly TagSummary[];
}
