/** Placards: chosen, looked at, printed. */
export const show = {
  title: "Make a placard.",
  lead: "A post on paper that proves itself by its code.",
  which: "Posts on it",
  none: "Choose the posts first, then come back with them.",
  toList: "Choose posts",
  remove: "Take it off",
  headline: "Headline",
  headlineHint: "At most seven words. Without one, Placard takes it from the post.",
  size: "Size of the paper",
  picture: "With the post’s picture, and the names and faces in it",
  preview: "The page that prints",
  previewing: "The page is being set…",
  print: "Print it",
  printing: "The placards are being printed into one file…",
  printWhat: "One PDF: a sheet for the steward, then a placard a page.",
  done: "The file has been handed to your browser.",
} as const;
