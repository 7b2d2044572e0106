/** Sentences of the verifier, by their codes. Their Hebrew stands in src/workbench/words/he/said. */
import { type Say, sayings } from "../lib/told.ts";

export const SAID = {
  origin_nothing_seen:
    "No capture: the record says what it was shown in the place of a post it had captured before. Others may have been shown another thing.",
  origin_unknown:
    "The file does not show what kind of act this is: it need not be a capture; it may be what somebody sent in.",
  origin_other: "No capture, but an act “{what}”, of which this program knows no more than its fields.",
  origin_recapture_unknown: "The file does not show what this recapture came to: it need not be a capture.",
  bytes_withheld: "Withheld: whether the archive has what crossed the wire, or what the browser made of it.",
  bytes_decoded:
    "Decoded: the archive has bodies as the browser handed them to the page, not the bytes that crossed the wire; requests of workers and of frames of other sites are missing.",
  signature_holds: "The act is signed with the key that signs the ledger.",
  proof_readable: "The proof can be read.",
  no_witness_asked: "Your policy asks for no witness, and none that it names cosigned.",
  only_record_signed: "Nobody but the record has signed the checkpoint.",
  no_timestamp: "The file carries no timestamp by an authority.",
  blob_withheld: "Withheld: the act says what it was, and the file does not hold it.",
  tiles_shown:
    "Of the picture's {count} squares {shown} are shown, each as it was sealed; {withheld} are withheld, and grey in the picture.",
  blob_not_said: "The file does not say whether there is one.",
  blob_all_withheld: "Withheld, with everything the act says of it.",
  whole_untold: "The file is whole; whether all of it belongs here cannot be told.",
  whole: "The file is whole, and holds nothing that does not belong in it.",
  kind_withheld: "What kind of act this is (act) is withheld.",
  kind_unknown: "Of an act of this kind, nobody can tell whether fields are withheld.",
  archive_unsigned: "The archive is not signed.",
  archive_key_unnamed: "The archive is signed, by a key that the file does not name.",
  archive_signed: "The archive is signed with the key that the act names.",
  revisits_nothing: "It revisits nothing.",
  it_opens: "It opens.",
  bytes_differ: "Its bytes are not those that were sealed.",
  origin_received_from:
    "No capture: the record received this file from {from}. What is in it is the word of whoever made it.",
  origin_received:
    "No capture: the record received this file from somebody it does not name. What is in it is the word of whoever made it.",
  bytes_unknown: "The act says {said} of how the bytes were recorded, which this verifier does not know.",
  act_holds: "Exhibit {id}, sealed by {issuer} on {sealedAt} by its own clock.",
  act_holds_ahead:
    "Exhibit {id}, sealed by {issuer} on {sealedAt} (this computer's clock has not reached that) by its own clock.",
  fields_shown: "The file shows {fields}, each as it was sealed; {closed} stay closed, blanks among them.",
  in_ledger: "The act is number {number} of the {size} that the checkpoint covers.",
  checkpoint_holds: "The record {origin} signed that its ledger then had {size}, these and no others.",
  record_vouches:
    "The record vouches for itself, since you named nobody. Ask its keepers for the words of their key, by a way you trust; they must be: {words}.",
  policy_names: "Your policy names the record {name} with this key.",
  more_signatures: "The checkpoint carries {count}, not counted: you named no witnesses.",
  witnessed: "Witnessed {each}.",
  witnessed_by: "by {name} before {beforeAt}",
  witnessed_by_ahead: "by {name} before {beforeAt} (this computer's clock has not reached that)",
  witnesses_none: "Your policy asks for more witnesses: none of them cosigned this checkpoint.",
  witnesses_only: "Your policy asks for more witnesses: only {names} cosigned this checkpoint.",
  record_not_in_policy: "The record {name}, with this key, is none of those your policy names.",
  uncounted_stamps: "The file carries {count} by {names}, not counted: {which}.",
  named_none: "you named none",
  not_in_policy: "your policy does not name it",
  bytes_sealed: "Its {count} are those that were sealed.",
  bytes_sealed_shared:
    "Its {count} are those that were sealed. It was made from the archive when the page was captured, with cookies, tokens and the like taken out and each place marked, and is sealed in the same act.",
  archive_whole: "The archive holds the {count} it lists, unchanged, and nothing else.",
  received_like_this: "Received like this: {why}",
  all_fields_shown: "Every field that a {kind} must have is shown.",
  all_fields_shown_maybe: "Every field that a {kind} must have is shown. Withheld or never there: {perhaps}.",
  fields_withheld: "Withheld: {surely}.",
  fields_withheld_maybe: "Withheld: {surely}. Withheld or never there: {perhaps}.",
  not_looked: "Not looked at: {because}.",
  act_unread: "the act cannot be read",
  proof_unread: "the proof cannot be read",
  checkpoint_fails: "the checkpoint does not hold",
  archive_unopened: "the archive cannot be opened",
  heading_sample: "This is a sample, and no evidence",
  heading_holds: "Everything holds",
  heading_fails: "This does not hold",
  heading_unreadable: "This cannot be read",
  means_not_opened: "It could not be opened, so nothing can be said of it.",
  means_unreadable: "Nothing can be said of it, for or against. It may be damaged, or it is no placard file.",
  means_fails: "Something in this file is not what it claims to be. Do not rely on it; ask for the file again.",
  means_archive: "This web archive is whole. It is no placard file: nothing in it shows when it was made, or by whom.",
  means_sample:
    "Placard made it up so that people can try things out: nobody posted it, and it is evidence of nothing.",
  means_unchanged:
    "Nobody has changed it since it was sealed. It shows that the record received this, not that the platform vouches for it.",
  means_own_word: "When that was is the record’s own word: nobody whom you named vouches for it.",
  means_trust: "You have not said whom you trust. Before you rely on it, compare the twelve words of the record’s key.",
  kind_capture: "capture",
  kind_recapture: "recapture",
  kind_found_nothing: "recapture that found nothing",
  kind_receipt: "receipt",
} as const;

export const say: Say<typeof SAID> = sayings(SAID);
