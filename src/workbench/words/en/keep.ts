/** What is taken out of the house: the back-up of everything, and a case for others. */
export const keep = {
  title: "Keep it safe.",
  lead: "A back-up is for you. A case is for others.",
  notYours: "Only an owner or an organiser keeps and hands out. Ask one of them.",
  working: {
    gathering: "Everything is being put together. This can take some minutes; keep this page open.",
    writing: "{size} so far. Keep this page open.",
  },
  broken: "The download broke off, so the file was not kept. Try it again.",
  busy: "Another back-up or case is being made. Wait until it is done, then try again.",
  backUp: {
    title: "Back-up of everything",
    what: "One file with all posts and their proofs, your cases, the members of your group, the settings, and the keys this record seals with. Nobody can open it without the passphrase.",
    ownerOnly: "It holds the keys and every member’s account, so only an owner can make one.",
    passphrase: "Passphrase",
    passphraseWhy: "At least 12 characters. Five or six words that nobody would guess together do well.",
    again: "The passphrase once more",
    different: "The two are not the same. Type both again.",
    show: "Show the passphrase",
    lost: "It is kept nowhere. Whoever loses it has lost the back-up, and nobody can help.",
    make: "Make the back-up",
    done: "Done: {name}, {size}. It was checked while it was written.",
    donePlace: "It is with your downloads. Move it to where you keep it.",
    where: "Where to keep it",
    whereWhat: {
      apart: "On a drive or a computer that is not this one, best in another house.",
      secret: "The passphrase somewhere else: on paper, or in a password manager.",
      anew: "Make a new one after each day of much work. Older ones may then go.",
    },
    restore: "How it is put back",
    restoreFirst: "Where Placard is started for the first time, its first page puts a back-up back. Or in a terminal:",
    restoreWhat: "FILE is the back-up, DIR an empty folder for the record.",
    restoreThen:
      "It asks for the passphrase, puts everything back, and checks that all of it holds. Then this opens it:",
    large:
      "For a record of many gigabytes, this makes a back-up straight onto a drive. DIR is then the folder that Health names:",
  },
  case: {
    title: "A case for others",
    what: "A ZIP of one case: each post with its proof, and tables that other programs read. It opens without a passphrase, so look at who gets it.",
    which: "Case",
    none: "There is no case yet. Name one when you save a post.",
    make: "Download the case",
    done: "Done: {name}, {size}.",
    option: { one: "{name} ({count} post)", two: "{name} ({count} posts)", other: "{name} ({count} posts)" },
  },
} as const;
