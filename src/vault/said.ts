/** Sentences of the vault, by their codes. Their Hebrew stands in src/workbench/words/he/said. */
import { type Say, sayings } from "../lib/told.ts";

export const SAID = {
  others_may_read: "Others on this machine may read {path}; who reads it can sign as this record.",
  run_chmod: "Run: chmod {mode} {path}",
  key_missing: "The record's key {path} is missing.",
  bring_keys_back: "Bring the keys folder back from a back-up; without it nothing can be added to this record.",
  key_not_read: "Could not read {path}: {why}",
  folder_permissions: "Look at the folder's owner and permissions; only the record's owner can use its keys.",
  no_private_key: "{path} is not the private key it should be.",
  bring_it_back: "Bring it back from a back-up.",
  mail_account_unlike: "How the mail servers are reached is not written down as it should be.",
} as const;

export const say: Say<typeof SAID> = sayings(SAID);
