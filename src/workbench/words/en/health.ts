/** What is well and what is not. One sentence for each state a check can have; the machine's own words stand one click deeper. */
export const health = {
  title: { well: "All is well.", limited: "All works.", wrong: "Something needs mending." },
  asking: "Is all well?",
  lead: {
    well: "There is nothing to do.",
    limited: "Some of it could be better.",
    wrong: "What is wrong stands first.",
  },
  notYours: "Only an owner or an organiser sees this. Ask one of them.",
  looking: "Looking at everything…",
  again: "Check again",
  checkedAt: "Checked at {time}.",
  detail: "In detail",
  todo: "To do:",
  wrongList: "What is wrong",
  limitedList: "What could be better",
  wellList: "What is well",
  facts: "This Placard",
  version: "Version",
  folder: "The record lies in",
  posts: "Posts in it",
  checks: {
    browser: {
      name: "Browser",
      holds: "A browser is there, and posts can be saved.",
      limited:
        "A browser is there, but it was never tried. Enter placard doctor in a terminal of this computer, which tries it.",
      fails: "No browser can be used, so no post can be saved. Install Chrome, Chromium or Edge on this computer.",
    },
    "byte record": {
      name: "Recording",
      holds: "What a page sends is recorded just as it came.",
      fails:
        "The browser does not hand over all that a page sends. Posts are saved, and say so. A newer or older browser may mend it.",
    },
    sandbox: {
      name: "Confinement",
      holds: "The browser is shut in, so that a page can do nothing to this computer.",
      limited: "The browser is not shut in: a page that breaks out of it could do as you may on this computer.",
    },
    fonts: {
      name: "Typefaces",
      holds: "Every script that was tried can be shown.",
      limited: "Some scripts cannot be shown, on placards or in pictures of pages.",
    },
    disk: {
      name: "Room",
      holds: "There is room enough.",
      limited: "Room is getting short. Very large pages may not fit; free some soon.",
      fails: "There is hardly any room left. Free some before you save another post.",
    },
    clock: {
      name: "Clock",
      holds: "The clock of this computer goes right, as far as can be told.",
      fails: "The clock of this computer is wrong, and nothing can be sealed. Set it right.",
    },
    record: {
      name: "Record",
      holds: "The record is there and can be read.",
      fails: "The file that says what this record is cannot be used. Put your last back-up back.",
    },
    settings: {
      name: "Settings",
      holds: "The settings can be used.",
      fails:
        "The settings have a mistake in them. Mend config.json in the folder of the record, or take it away: then all is as usual.",
    },
    keys: {
      name: "Keys",
      holds: "The keys that seal are the right ones, and nobody else on this computer can read them.",
      limited: "The keys can be read, but not whether they are this record’s. Mend the record first.",
      fails: "The keys that seal are not as they should be. Until they are, do not save anything.",
    },
    attesters: {
      name: "Witnesses",
      holds: "Others vouch for when a post was sealed.",
      limited:
        "Nobody else vouches for when a post was sealed: it is your word alone. Name a timestamp service in the settings.",
    },
  },
} as const;
