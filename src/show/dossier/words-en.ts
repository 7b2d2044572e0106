/** All that a dossier says in words of its own, in English. */
export const en = {
  kind: "Dossier",
  title: "Dossier: {name}",
  stands: "As the group’s record stood on {time}. It held {size} seals then; what was sealed later is not in here.",
  page: "Page {n} of {of}",
  parts: {
    label: "Parts",
    short: "In short",
    method: "How it was made, and what it cannot say",
    charts: "In numbers",
    exhibits: "The exhibits",
    list: "Appendix: every exhibit of the case",
    check: "Appendix: how to check it",
  },
  /** Each number with what it is a part of. */
  share: {
    exhibits: "{count} of {of} exhibits",
    looked: "{count} of the {of} that were looked at again",
    passed: "{count} of the {of} that may be shown",
  },
  counts: {
    total: "Exhibits in the case",
    captured: "Captured by the group, from the site itself",
    received: "Received from others, who say where it is from",
    looked: "Looked at again",
    up: "Still there, edited or not",
    gone: "Gone",
    lost: "Could not be reached",
    passed: "May be shown to the public",
    isPublic: "Published",
    wasPublic: "Was public, and is not any more",
    erased: "Erased, and in no other number here",
  },
  method: {
    own: "The group says",
    captured:
      "Captured: a browser opened the post and wrote down every byte that the site sent. That was sealed at once: nobody can change it now, not even the group, without it being seen.",
    received:
      "Received: somebody handed in a file or a picture. It was sealed as it came; that a site sent it is the word of who handed it in.",
    counted:
      "Every number counts exhibits that this group saved and put into this case, and nothing else. An exhibit is one post, saved once. A later look at the same post belongs to it, and is not counted again.",
    sample:
      "The exhibits are not a sample of anything, only what the group saved. The numbers do not say how often such posts are made, where there are most of them, who makes them, or whether they become more.",
    times:
      "Times of posting are as the pages state them, in UTC. {untimed} of {total} exhibits state none and stand in no chart of times. A time without a zone is taken to be UTC and may be off by a day.",
    gone: "Gone means that it was not there any more at the last look that got through. It does not say who took it away, or why. What nobody looked at again may be gone, too.",
    shown:
      "Shown in full is only what two people agreed may be shown, as they agreed: names and faces of private people are withheld, slurs are masked. Of all others their number stands in the list, and they are counted.",
    erased:
      "What was erased does not say any more which case it was of. Erased exhibits are in here only where the group named them.",
    limits: "A seal shows that the group received this at that time. It does not show that what was posted is true.",
  },
  charts: {
    weeks: "Week by week",
    weeksSay:
      "{timed} of {total} exhibits state when they were posted: from the week of {first} to the week of {last}. The most in one bar: {most}.",
    binned: "Each bar is {count} weeks.",
    week: "Week of",
    binnedWeek: "{count} weeks from",
    exhibits: "Exhibits",
    empty: "Weeks that are not listed have none.",
    few: "{timed} of {total} exhibits state when they were posted. Fewer than {least} are not drawn, for a chart of so few would tell of single posts.",
    platforms: "By platform",
    platformsSay: "{named} of {total} exhibits were posted at the places named here.",
    platform: "Platform",
    unnamed: "Not stated",
    elsewhere: "At other places",
    elsewhereSay: "A place is named only where an exhibit that may be shown names it.",
    share: "Of {total}",
    hours: "By weekday and hour",
    hoursSay:
      "Of {timed} exhibits that state a time, the most in one hour of the week were posted on {day} at {hour} UTC: {most}.",
    hour: "Hour (UTC)",
    less: "none",
    standings: "What became of them",
    standingsSay:
      "{looked} of {total} exhibits were looked at again. Of these {looked}, {gone} are gone, and {lost} could not be reached.",
    standing: "At the last look",
    named: {
      unchanged: "Still there, unchanged",
      edited: "Still there, edited since",
      "page-changed": "Still there, the page around it changed",
      gone: "Gone",
      "not-reachable": "Could not be reached",
      unchecked: "Not looked at again",
    },
  },
  exhibits: {
    none: "None of the exhibits has been agreed to for the public so far. They are counted, and listed by their numbers.",
    warning: "What follows was posted in public. It may hurt to read.",
    covered: "On a screen it is covered until you ask for it; in print it is open.",
    shown: "Shown here: {count} of the {of} exhibits that may be shown to the public, by when they were sealed.",
    cut: "There is room for {count}; the others are listed in the appendix by their numbers.",
    heading: "Exhibit {n}: a post on {platform}",
    somewhere: "Exhibit {n}: a post",
    show: "Show what was posted",
    because: "Why the public should know",
    withheld: "Withheld",
    nothing: "Nothing of what is told here.",
    tiles: "{count} of {of} squares of the picture",
    picture: "the picture",
    facts: {
      author: "the name it was posted under",
      handle: "the account",
      url: "its address",
      title: "the page’s title",
      postText: "the words",
      postedAt: "when it was posted",
      platform: "where it was posted",
    },
    tooLarge: "The picture is too large for this dossier; it is in the proof.",
    received: "As others handed it in; that the site sent it is their word.",
    corrected: "Corrected {time}",
    why: "Why: {why}",
    published: "Published",
    notPublished: "agreed to, and not published so far",
    id: "Exhibit",
    check: "Check words",
  },
  list: {
    lead: "Listed: {count} of {of} exhibits, {erased} that were erased among them, in the order in which they were sealed. Of those that may not be shown nothing else is told.",
    cut: "There is room for {count}; the last {left} are left out.",
    number: "Exhibit",
    place: "Place",
    sealed: "Sealed",
    print: "Fingerprint (SHA-256)",
    erased: "Erased {time}",
    explained:
      "The place is the exhibit’s number in the group’s record of seals, counted from 0. The fingerprint is that record’s own of the entry there (RFC 6962, leaf), of which the exhibit’s number and words are the beginning.",
  },
  check: {
    get: "Get the exhibit’s proof, a file whose name ends in “.placard”: by the code beside it here, or from the group.",
    drop: "Open the group’s page that checks, and drop the file on it. It is read on your own machine, and sent nowhere. Or run: {command}",
    compare: "Compare the number and the six words that it shows with those printed here.",
    key: "Compare the key of the group’s record with one that you have from elsewhere:",
    keyWords: "The same key in words:",
    page: "The page that checks:",
    state:
      "What the record signed when this dossier was made. Whoever holds a later state of it can check that nothing before was changed:",
    root: "Its root, as a hexadecimal number:",
  },
  foot: "Written by Placard. No scripts, no trackers, nothing from elsewhere.",
} as const;

type Wide<T> = T extends string ? string : { readonly [K in keyof T]: Wide<T[K]> };
/** Every catalogue has this shape. */
export type DossierWords = Wide<typeof en>;
