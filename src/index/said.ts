/** Sentences of the index, by their codes. Their Hebrew stands in src/workbench/words/he/said. */
import { type Say, sayings } from "../lib/told.ts";

export const SAID = {
  index_busy: "Another process is writing to this record's index.",
  index_rebuilding: "Another process keeps rebuilding this record's index.",
  index_failed: "The index could not be used: {why}",
  rebuild_index: "placard index --rebuild makes it anew; nothing is lost with it.",
  page_not_known: "This page of the list is not known.",
  list_beginning: "Go back to the list's beginning.",
} as const;

export const say: Say<typeof SAID> = sayings(SAID);
