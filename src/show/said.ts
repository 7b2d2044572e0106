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
} as const;

export const say: Say<typeof SAID> = sayings(SAID);
