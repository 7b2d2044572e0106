import type { PlacardContent } from "../src/show/placard.ts";

/** What stands on an invented placard; `mask`: letters that are covered in it. */
export const samplePlacard = (mask: number): PlacardContent => ({
  headline: "Never seen it? Look.",
  quotation: [{ text: "The Hollow Lane lot should pack up and leave " }, { mask }, { text: " before we make them." }],
  masked: true,
  platform: "Townsquare",
  postedAt: "2026-03-14T21:07:00Z",
  recordedAt: "2026-03-15T08:12:00Z",
  witnessed: { names: ["North Reading Room"], before: "2026-03-15T08:20:00Z" },
  id: "PLC-7K3M-9QWD-X2RT-V4HB",
  words: ["orbit", "candle", "seven", "lemon", "harvest", "bridge"],
  verifyUrl: "HTTPS://HOLLOW-LANE.EXAMPLE/V/7K3M9QWD",
  group: "Hollow Lane Residents",
});
