/** What is done so that looking at posts does less harm. */
export const care = {
  coverAll: "Cover everything",
  showTitles: "Show titles and links",
  coverTitles: "Cover titles and links",
  aPost: "A post",
  title: "Your own breaks",
  after: "Suggest a break",
  afterWhy: "It is a suggestion; nothing is kept from you.",
  never: "Never",
  posts: { one: "after one post", two: "after two posts", other: "after {count} posts" },
  none: "You have uncovered no post today.",
  today: {
    one: "You have uncovered one post today.",
    two: "You have uncovered two posts today.",
    other: "You have uncovered {count} posts today.",
  },
  suggestion: "A break now does good. What is sealed stays where it is.",
  rest: "Cover everything and pause",
  goOn: "Go on for now",
  private: "Only you see this number. It is kept on this device, told to nobody, and gone tomorrow.",
  zero: "Count from zero",
} as const;
