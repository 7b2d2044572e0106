/** The invented thread that Townsquare shows. */
export interface ForumPost {
  readonly id: string;
  readonly author: string;
  readonly handle: string;
  /** RFC 3339 with the poster's own zone. */
  readonly posted: string;
  readonly text: string;
  readonly language: string;
}

export const THREAD: readonly ForumPost[] = [
  {
    id: "88213",
    author: "Old Fence Post",
    handle: "@oldfencepost",
    posted: "2026-03-14T21:07:00+00:00",
    text: "The Hollow Lane lot should pack up and leave before we make them. Nobody here wants them, and everybody knows it.",
    language: "en",
  },
  {
    id: "88214",
    author: "Marrow & Sons",
    handle: "@marrowandsons",
    posted: "2026-03-14T21:19:00+00:00",
    text: "They have lived on the lane for sixty years. Leave them be.",
    language: "en",
  },
  {
    id: "88217",
    author: "שכנה טובה",
    handle: "@goodneighbour",
    posted: "2026-03-14T23:41:00+02:00",
    text: "אנחנו לא הולכים לשום מקום. נתראה מחר בשוק 🙂",
    language: "he",
  },
];
