/** What lies on the device itself, and what is done without an answer. */
export const device = {
  offline:
    "Placard does not answer. You can go on: what you save is kept on this device, and sent when it answers again.",
  you: "You",
  files: {
    one: "One file of yours lies on this device and could not be sent yet. It is sent when Placard answers again, and then erased here.",
    two: "Two files of yours lie on this device and could not be sent yet. They are sent when Placard answers again, and then erased here.",
    other:
      "{count} files of yours lie on this device and could not be sent yet. They are sent when Placard answers again, and then erased here.",
  },
  readable: "Until then, whoever can open this device can read what lies on it.",
  list: "Files on this device",
  refused: "It was not taken in.",
  erase: "Erase it here",
  noRoom:
    "There is no room for it on this device. Leave this window open, and press Save once more when Placard answers again.",
  sharedKept:
    "The files that were shared lie on this device until you press Save or leave them out. Whoever can open this device can read them.",
  sharedFull: "What was shared is too large to be kept on this device. Choose the file here instead.",
  sharedAway: "The files that were shared did not arrive: nobody was signed in here. Share them once more.",
  leaving: {
    title: "Not all of yours has been sent.",
    waits: "Links and files that were not sent yet are sent the next time you sign in here.",
    typed:
      "What you have typed and not sent stands where you typed it the next time you sign in here, for up to a week.",
    readable: "Until then, whoever can open this device can read it.",
    keep: "Sign out and keep it here",
    erase: "Sign out and erase it",
    stay: "Stay signed in",
  },
} as const;
