/** All that a handed-out case says of itself, in English. Names of files and of columns are the same in every language. */
export const en = {
  exhibits: { one: "1 exhibit", other: "{count} exhibits" },
  /** Who a case is from, where whoever takes it in says nothing else. */
  fromRecord: "the record “{record}”",
  described: "{exhibits} of the record “{record}”. README.txt says what is what.",
  attached: { proof: "The proof", archive: "The page itself" },
  readme: {
    head: "{exhibits} that “{record}” sealed, handed out on {day}.",
    files: {
      "exhibits/":
        "One file an exhibit, its proof. Anybody can check it: open Placard's verify page in a\nbrowser and drop the file on it, or run: placard verify FILE",
      "archives/": "The pages themselves, as they were received, for ReplayWeb.page and its like.",
      "exhibits.csv":
        "A table of all exhibits. An apostrophe before =, +, - or @ keeps spreadsheets from\ncalculating; the words as they were are in the proofs and in exhibits.jsonld.",
      "exhibits.jsonld": "The same for programs (ActivityStreams 2.0).",
      "datapackage.json": "What is in this folder, with sizes and checksums (Frictionless Data Package).",
    },
    proves:
      "Names, times and words are as the pages gave them. A proof shows what was received and when, and\nthat it was not changed since; it does not show that what a page said is true.",
    heldNone: "Nothing was held back but what belongs to the record alone.",
    held: "Of {exhibits} something was held back, since it may hold cookies, tokens or the name of who was\nsigned in; the column heldBack says what. It stays provable: its place in the proof is there.",
    erased: "Erased: {exhibits}; nothing of what they said is here. When and why is in the table.",
    erasedElse:
      "An exhibit that was erased says no more which case it was of, so it is in this table only where it\nwas asked for by its number.",
    care: "What is in here can hurt. People's names and faces stand in it as they were: before you publish\nany of it, cover those of private people.",
  },
  /** What each column of the table holds. */
  columns: {
    id: "Number of the exhibit",
    words: "Its check words",
    state: "sealed or erased",
    sealedAt: "When it was sealed",
    erasedAt: "When it was erased",
    reason: "Why it was erased",
    receivedFrom: "Who handed it over; empty of what was captured",
    recaptureOf: "Of which exhibit it is a later capture",
    result: "What the later capture found",
    url: "Address that was captured, or that a received file names",
    finalUrl: "Address it led to",
    platform: "Where it was posted",
    author: "Name it was posted under, as the page gave it",
    handle: "The name's handle, as the page gave it",
    postedAt: "When it was posted, in the page's own spelling",
    editedAt: "When it was edited, in the page's own spelling",
    title: "The page's title",
    postText: "The post's words, as the page gave them",
    replyTo: "Address of the post that this one answers",
    likes: "Likes when it was captured",
    reposts: "Reposts when it was captured",
    replies: "Replies when it was captured",
    views: "Views when it was captured",
    status: "What the server answered (200: the page)",
    capturedAt: "When it was captured, by the clock of who captured it",
    receivedAt: "When it was received, by the clock of who received it",
    proof: "File that proves it",
    archive: "The page itself, for replay",
    heldBack: "What was held back, by name",
  },
} as const;

type Wide<T> = T extends string ? string : { readonly [K in keyof T]: Wide<T[K]> };
export type CaseWords = Wide<typeof en>;
