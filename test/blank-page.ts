import type { SaidPage } from "../src/capture/page/said-page.ts";

/** What is read out of a page that has nothing on it. */
export const blankPage: SaidPage = {
  title: "",
  language: "",
  text: "",
  textCut: false,
  complete: true,
  contentText: "",
  headings: [],
  timeAt: -1,
  buttons: [],
  canonical: "",
  activityLink: "",
  metas: [],
  jsonLd: [],
  activities: [],
  entries: [],
  signIn: { passwords: 0, passwordsInMargins: 0, names: 0, text: "", covers: false },
  captchaMarks: [],
  onlyLinks: false,
  largeMedia: 0,
  microdata: [],
  atUri: "",
  atRecords: [],
  oembedLink: "",
  element: { foundBy: "nothing", why: "" },
};
