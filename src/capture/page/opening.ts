/**
 * What is pressed on a page before it is read: a refusal where consent to tracking stands in the way, be it in a frame,
 * "show" over content that is marked sensitive, "more" under a post that is cut short. Nothing else, ever: nothing that accepts, signs in,
 * sends, or leads to another page. What was pressed is part of the act.
 */
import type { Page } from "playwright-core";
import type { Step } from "../capture.ts";
import { answersTracking } from "../walls/consent-buttons.ts";
import { isLabel, saysOf, speaksOfTracking } from "../walls/wall-statements.ts";
import { asksConsent, coverAsksConsent, frameAsksConsent } from "../walls/what-page.ts";
import type { FrameButton, FrameOver } from "./frame-data.ts";
import { pressInFrame, readFramesOver } from "./frames-over.ts";
import type { Look } from "./page.ts";
import { POINT_AT } from "./page-buttons.ts";
import type { Button, PageData } from "./page-data.ts";
import { isOfFrame, type Point, pressAt, SCROLLED } from "./press.ts";
import { type Settled, type Taking, takeAtRest } from "./settle.ts";

type Offer = { readonly step: Step } & (
  | { readonly button: Button; readonly frame?: never }
  | { readonly button: FrameButton; readonly frame: FrameOver }
);

const MOST_STEPS = 4;
/** What a press sets off may begin a little later. */
const REACTION = 60;

/** Takes the page at rest, and again after each press, until there is nothing more to press. */
export async function takeOpened<T extends { readonly data: PageData }>(
  page: Page,
  look: Look,
  deadline: number,
  taking: Taking<T>,
): Promise<Settled<T> & { readonly steps: readonly Step[] }> {
  const steps: Step[] = [];
  const takeAll = async (): Promise<Settled<T>> => withFrames(page, await takeAtRest(page, look, deadline, taking));
  let settled = await takeAll();
  while (steps.length < MOST_STEPS && performance.now() < deadline) {
    const offer = offerOf(settled.taken.data, steps);
    if (offer === undefined || !(await press(page, look, offer))) break;
    steps.push(offer.step);
    settled = await takeAll();
  }
  return { ...settled, steps };
}

/** Frames are read once the page is at rest, and only where some lie over it. */
async function withFrames<T extends { readonly data: PageData }>(page: Page, settled: Settled<T>): Promise<Settled<T>> {
  const { taken } = settled;
  if (!taken.data.framesOver) return settled;
  return { ...settled, taken: { ...taken, data: { ...taken.data, frames: await readFramesOver(page) } } };
}

/** What to press next, refusing first. A press that left everything as it was is not repeated. */
export function offerOf(data: PageData, steps: readonly Step[]): Offer | undefined {
  const refusal = [...asked(data, "refuse"), ...asked(data, "settings")].find(({ step }) => isNew(step, steps));
  if (refusal !== undefined) return refusal;
  for (const [did, kind] of [
    ["revealed", "reveal"],
    ["opened-more", "more"],
  ] as const) {
    const button = data.buttons.find(({ label, about, sends }) => isLabel(kind, label) && !sends && !asksAge(about));
    if (button !== undefined && !repeats(stepOf(did, button), steps)) return { button, step: stepOf(did, button) };
  }
  return undefined;
}

/** What is pressed where consent is asked for: a refusal, or, where none is offered, what leads to one. */
const ASKED = { refuse: "refused-consent", settings: "opened-settings" } as const;

function asked(data: PageData, kind: keyof typeof ASKED): readonly Offer[] {
  const isSure = kind === "refuse" || coverAsksConsent(data) || asksConsent(data);
  const inPage = isSure ? inConsent(data).filter(({ label }) => isLabel(kind, label)) : [];
  const inFrames = (data.frames ?? []).filter(frameAsksConsent).flatMap((frame) => {
    const buttons = frame.buttons.filter(
      (button) => isLabel(kind, button.label) && answersTracking(button, frame.buttons),
    );
    return buttons.map((button) => ({ button, frame, step: stepOf(ASKED[kind], button) }));
  });
  return [...inPage.map((button) => ({ button, step: stepOf(ASKED[kind], button) })), ...inFrames];
}

/** The buttons beside a question for consent. */
function inConsent(data: PageData): readonly Button[] {
  const { cover, buttons } = data;
  const covered = cover !== undefined && speaksOfTracking(cover.text);
  if (!covered && !asksConsent(data)) return [];
  // Where nothing is offered that says yes, what lies over the page has but this to be answered.
  const onlyNo = !buttons.some(({ place, label }) => place === "cover" && isLabel("accept", label));
  return buttons.filter((button) => {
    if (button.place === "cover" && !covered) return false;
    return (button.place === "cover" && onlyNo && button.besides >= 0) || answersTracking(button, buttons);
  });
}

function stepOf(did: Step["did"], { label }: Pick<Button, "label">): Step {
  return { did, words: label.replace(/\s+/g, " ").toWellFormed() };
}

function isNew({ did, words }: Step, steps: readonly Step[]): boolean {
  return !steps.some((step) => step.did === did && step.words === words);
}

/** The same words twice may be two posts' buttons; a third time they are one that does nothing. */
function repeats({ did, words }: Step, steps: readonly Step[]): boolean {
  return steps.filter((step) => step.did === did && step.words === words).length > 1;
}

/** To press "show" there would be to state an age. */
function asksAge(about: string): boolean {
  return about.split("\n").some((line) => saysOf(line).has("age"));
}

async function pressInPage(page: Page, look: Look, where: () => Promise<Point | undefined>): Promise<boolean> {
  const session = await page.context().newCDPSession(page);
  try {
    const { frameTree } = await session.send("Page.getFrameTree");
    return await pressAt(page, where, async () => {
      const [point, scrolled] = [await where(), (await look(SCROLLED)) as Point];
      return point !== undefined && (await isOfFrame(session, frameTree.frame.id, point, scrolled).catch(() => false));
    });
  } finally {
    void session.detach().catch(() => undefined);
  }
}

async function press(page: Page, look: Look, { button, frame }: Offer): Promise<boolean> {
  const { at, label } = button;
  const where = async (): Promise<Point | undefined> =>
    ((await look(`(${POINT_AT})(${at}, ${JSON.stringify(label)})`)) as Point | null) ?? undefined;
  if (!(await (frame === undefined ? pressInPage(page, look, where) : pressInFrame(page, frame, button)))) return false;
  await new Promise((done) => setTimeout(done, REACTION));
  await look("window.scrollTo(0, 0)").catch(() => undefined);
  return true;
}
