/** Sentences of what reads and writes files, by their codes. Their Hebrew stands in src/workbench/words/he/said. */
import { type Say, sayings } from "./told.ts";

export const SAID = {
  damaged_since_made: "The file was damaged, altered or cut short since it was made.",
  another_copy: "Take another copy of it, if there is one.",
  several_passphrases: "The file is encrypted to more than one passphrase, or to keys.",
  one_passphrase_only: "Only files that one passphrase opens can be read here; the age tool opens others.",
  no_passphrase: "The file is not encrypted under a passphrase.",
  beginning_damaged: "The beginning of the file is damaged.",
  too_much_memory: "To open the file would take more memory than we use for it.",
  no_encrypted_back_up: "The file is no encrypted back-up, or its beginning is damaged.",
  wrong_passphrase: "The passphrase does not open this file, or the file's beginning is damaged.",
  letter_by_letter: "Try the passphrase again, letter by letter; if it is surely right, take another copy of the file.",
  cut_short: "The file ends early: it was cut short.",
  line_too_long: "The file has a line longer than we read.",
  disk_full: "The disk is full, so this was not done; what was there before is as it was.",
  free_room: "Free some room on the disk that the record lies on, then do it again.",
  archive_other_form: "The archive is not of the form that Placard writes.",
  archive_more_members: "The archive has more members than it says.",
  entry_damaged: "{name} is damaged: its checksum does not match.",
} as const;

export const say: Say<typeof SAID> = sayings(SAID);
