/** All that placards and the steward's sheet say, in English. */
export const en = {
  headline: "“Never seen it”? Look.",
  title: { one: "Placard {id}", other: "{count} placards, {group}" },
  number: "Placard {n} of {of}",
  posted: { label: "Posted", by: "by {name}", on: "on {platform}" },
  /** Under the quotation, each after a dot. */
  since: { recorded: "recorded {time}", witnessed: "witnessed before {time}" },
  time: { thatDay: "{clock} that day", noZone: "{time} (no time zone stated)" },
  frame: {
    wordless: "Posted in public",
    whole: "Posted in public, word for word",
    preview: "Posted in public, as its preview has it",
    shortened: "Posted in public, shortened here",
    bar: "{said}; the bar is ours",
    bars: "{said}; the bars are ours",
    cut: "(shortened)",
    masked: "masked",
  },
  recorded: { label: "Recorded", said: "{time}, and sealed." },
  witnessed: {
    label: "Witnessed",
    by: "by {who} before {time}.",
    others: "{count} others",
    nobody: "not yet; the seal is this group’s own.",
  },
  assessed: { label: "Assessed" },
  marks: {
    sample: { word: "Sample", note: "Sample, no evidence" },
    draft: { word: "Draft", note: "Draft, not for the public" },
  },
  invented: "Invented: nobody posted this",
  check: {
    scan: "Scan it, or read these six words out to us:",
    ask: "Ask us for the proof by these six words:",
    code: "QR code: where this can be checked",
    codeOfId: "QR code: the exhibit's id",
  },
  picture: {
    page: "The page, as recorded",
    post: "The post, as recorded",
    topOfPage: "The top of the page, as recorded",
    topOfPost: "The top of the post, as recorded",
  },
  steward: {
    title: "Who carries what",
    one: "{group}: one placard.",
    other: "{group}: {count} placards.",
    lead: "Write a name beside each. Whoever is asked for proof reads out the six words.",
    columns: { number: "No.", placard: "Placard", picture: "Picture", carriedBy: "Carried by" },
  },
} as const;

type Wide<T> = T extends string ? string : { readonly [K in keyof T]: Wide<T[K]> };
/** Every catalogue has this shape. */
export type PlacardWords = Wide<typeof en>;
