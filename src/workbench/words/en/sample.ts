/** The sample to play with. */
export const sample = {
  chip: "Sample",
  title: "Try it with a sample.",
  lead: "Three invented posts, sealed as yours will be. Each is marked as a sample wherever it is shown, and counts nowhere. One click takes it all away again.",
  make: "Make the sample",
  making: "It is being made: {done} of {all} posts are sealed.",
  there: "The sample is here. Look at its posts, make a placard of one, check its proof; nothing can go wrong with it.",
  partly: "Some of it could not be made: {reason}",
  look: "Look at it",
  remove: "Remove the sample",
  removing: "It is being removed…",
  removed: "The sample is gone.",
  notEvidence: "This is a sample: invented, and evidence of nothing.",
} as const;
