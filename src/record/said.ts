/** Sentences of the record's file, by their codes. Their Hebrew stands in src/workbench/words/he/said. */
import { type Say, sayings } from "../lib/told.ts";

export const SAID = {
  not_an_id: "{text} is not an exhibit's id.",
  id_looks_like: "An id looks like PLC-7G2K-93MD-0QXT-V4HB; it stands beside the QR code and in placard list.",
  other_format: "This record has format {format}; this program reads format 1.",
  newest_version: "Run the newest version of Placard on it.",
  no_record_file: "record.json does not describe a record: {where} is not as it should be.",
  never_changes: "Bring it back from a back-up; it never changes after placard init.",
} as const;

export const say: Say<typeof SAID> = sayings(SAID);
