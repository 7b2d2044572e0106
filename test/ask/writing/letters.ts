/** An invented question, and the letterhead of an invented group. */
import { type ActOf, PROMISE } from "../../../src/ask/acts.ts";
import type { LetterOptions } from "../../../src/ask/writing/letter.ts";

export const asked = (language: "en" | "he", kind: "question" | "invitation" = "question"): ActOf<"asked"> => ({
  act: "asked",
  kind,
  to:
    language === "en"
      ? {
          person: { name: "Wendel Thornby" },
          post: { label: "Councillor for Hollow Ward" },
          organization: { name: "Lanterns Borough Council" },
        }
      : {
          person: { name: "ונדל תורנבי" },
          post: { label: "חבר מועצה" },
          organization: { name: "מועצת הפנסים" },
        },
  timeZone: language === "en" ? "Europe/London" : "Asia/Jerusalem",
  language,
  text:
    language === "en"
      ? "The lamps in Hollow Lane have been out since March, and people say in public that this is on purpose.\n\nWill you see to it that they are lit again?"
      : "הפנסים בסמטה כבויים מאז מרץ.\n\nהאם תדאגו שיידלקו שוב?",
  exhibits: [],
  by: "2026-05-15",
  promise: PROMISE,
  mostLetters: 3,
  ...(kind === "invitation"
    ? { forum: { on: "2026-06-10", startsAt: "19:30", place: "The Old Hall, 3 Mill Street", chair: "Edda Marlow" } }
    : {}),
});

export const head: LetterOptions & { readonly mail: string; readonly link: string } = {
  group: "Hollow Lane Residents",
  writer: "Ada Quill",
  mail: "questions+k3v9x2m7q4@ask.hollow.example",
  post: "12 Mill Street, Lanterns",
  link: "https://ask.hollow.example/r/k3v9x2m7q4",
  on: "2026-05-01",
  by: "2026-05-15",
  number: 1,
  exhibits: [{ id: "PLC-7G2K-93MD-0QXT-V4HB", url: "https://hollow.example/e/7G2K93MD0QXTV4HB" }],
};
