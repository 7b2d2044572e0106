/** Sentences of what prints, by their codes. Their Hebrew stands in src/workbench/words/he/said. */
import { type Say, sayings } from "../lib/told.ts";

export const SAID = {
  quotation_too_long: "The quotation is longer than {count} characters.",
  quote_part: "Quote the part that matters.",
  headline_empty: "The headline is empty.",
  one_to_seven: "Give one to seven words.",
  headline_words: "The headline has {count} words; people who walk past read at most {most}.",
  seven_words: "Say it in seven words or fewer; the quotation may be longer.",
  not_in_code: '"{url}" cannot be put into the QR code.',
  capitals: "Give a web address in capitals (A–Z, 0–9 and $%*+-./:) of at most 120 characters.",
  label_too_long: "The {what} is longer than {count} characters.",
  too_many_witnesses: "There are more than 64 witnesses, or one has a very long name.",
  placards_at_once: "There are {count} placards to print; 1 to {most} go at once.",
  no_such_sheet: 'There is no sheet "{size}".',
  choose_sheet: "Choose A4, A3, A2 or A1.",
  print_stopped: "The print was stopped.",
  screenshot_unreadable: "The screenshot cannot be read as a PNG picture.",
  screenshot_over_64: "The screenshot is larger than 64 MiB.",
  screenshot_no_png: "The screenshot is not a PNG picture.",
  no_typeface: "No typeface here can show all of {id}: {missing}.",
  install_typeface:
    "Install a typeface for these characters on this machine, such as a Noto font, and print again. Nothing was printed.",
  headline_small:
    "The headline of {id} cannot be set large enough on {size}: its capitals would stand {height} mm high, and {least} mm are needed to read them from a distance.",
  shorter_headline: "Use fewer or shorter words, or put a soft hyphen where a long word may break.",
  shorter_or_larger: "Use fewer or shorter words, print on {larger}, or put a soft hyphen where a long word may break.",
  gate_redaction:
    "Somebody has looked at what is left of it: no name, face, address or number of a private person that the public does not need.",
  gate_reason: "It is written down why the public should know of this, so that it can be held against what is shown.",
  gate_second:
    "Another person has looked at all of it and agreed. Whoever works on something long does not see it any more.",
  hold_proceedings:
    "Somebody is charged, arrested, or before a court over this. What is published now can make a trial unfair.",
  hold_comment: "Whoever is named was asked what they say to it, and has until that day to answer.",
  hold_private: "A person who is not in public life can be recognised in it, be it by those who know them.",
  hold_symbol:
    "It shows a sign of a forbidden organisation. Showing it in public can be an offence, whatever it is shown for.",
  withdrawn_mistake: "There was a mistake in it.",
  withdrawn_private: "A private person could be recognised in it.",
  withdrawn_asked: "Somebody whom it concerns asked for it, and the group agreed.",
  withdrawn_law: "It may not be shown, or not now, by law.",
  withdrawn_checking: "It is being looked at again.",
} as const;

export const say: Say<typeof SAID> = sayings(SAID);
