/** Sentences of the agenda, by their codes. Their Hebrew stands in src/workbench/words/he/said. */
import { type Say, sayings } from "../lib/told.ts";

export const SAID = {
  no_link: "There is no link in this.",
  one_link_a_line: "Give one link a line, or a table with links in it.",
  list_over_8: "The list is longer than 8 MiB.",
  agenda_busy: "Another process is writing to this record's agenda.",
} as const;

export const say: Say<typeof SAID> = sayings(SAID);
