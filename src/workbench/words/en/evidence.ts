/** What came with a post, what was made of it, and what can be read in its picture. */
export const evidence = {
  smallPicture: "Small picture of {link}",
  noPicture: "No picture",
  again: {
    ask: "Look at it again now",
    what: "The link is opened once more, and what is there now is sealed beside this.",
    underWay: "It is being looked at again. What comes of it shows itself here.",
  },
  made: {
    title: "Placards made of it",
    pack: {
      one: "One placard, {size}",
      two: "In a pack of two placards, {size}",
      other: "In a pack of {count} placards, {size}",
    },
  },
  reading: {
    ask: "Read the text in the picture",
    what: "It is read by machine, and links and names in it are found. Nothing of that is sealed.",
    underWay: "Reading the picture. A large one takes half a minute.",
    title: "What a machine read in the picture",
    mayBeWrong: "Read by machine: it may be wrong, and is no part of what was sealed.",
    nothing: "It found no text in the picture.",
    cut: "There is more in the picture than was read.",
    save: "Save this link",
    handles: "Which platform a name is on, the picture does not say. Choose where to look.",
    saveOn: "Save from {place}",
    saving: "Being saved: look",
  },
  media: {
    title: "What came with it",
    picture: "Picture {n}",
    video: "Video {n}",
    sound: "Sound {n}",
    file: "File {n}",
    unknown: "A file of a kind that is not shown here. It is in the proof.",
    unplayable: "This browser cannot play it. It is in the proof.",
    move: "Let it move",
    still: "Keep it still",
    mute: "Keep sound off",
    muteWhy: "Remembered for every post, on each of your devices.",
  },
} as const;
