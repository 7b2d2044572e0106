/** Sentences of the record's file, by their codes. Their Hebrew stands in src/workbench/words/he/said. */
import { sayings } from "../lib/told.ts";

export const SAID = {
  other_format: "This record has format {format}; this program reads format 1.",
  newest_version: "Run the newest version of Placard on it.",
  no_record_file: "record.json does not describe a record: {where} is not as it should be.",
  never_changes: "Bring it back from a back-up; it never changes after placard init.",
} as const;

export const say = sayings(SAID);
