/**
 * What is pressed on a page before it is read: a refusal where consent to tracking stands in the way, "show" over
 * content that is marked sensitive, "more" under a post that is cut short. Nothing else, ever: nothing that accepts, signs in,
 * sends, or leads to another page. What was pressed is part of the act.
 */
import type { Page } from "playwright-core";
import type { Step } from "../capture.ts";
import { isLabel, saysOf, speaksOfTracking } from "../walls/wall-statements.ts";
import { asksConsent } from "../walls/what-page.ts";
import type { Look } from "./page.ts";
import { POINT_AT } from "./page-buttons.ts";
import type { Button, PageData } from "./page-data.ts";
import { type Settled, type Taking, takeAtRest } from "./settle.ts";

interface Offer {
  readonly button: Button;
  readonly step: Step;
}

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
  let settled = await takeAtRest(page, look, deadline, taking);
  while (steps.length < MOST_STEPS && performance.now() < deadline) {
    const offer = offerOf(settled.taken.data, steps);
    if (offer === undefined || !(await press(page, look, offer.button))) break;
    steps.push(offer.step);
    settled = await takeAtRest(page, look, deadline, taking);
  }
  return { ...settled, steps };
}

/** What to press next, refusing first. A press that left everything as it was is not repeated. */
export function offerOf(data: PageData, steps: readonly Step[]): Offer | undefined {
  const refusal = whatRefuses(data).find((button) => isNew(stepOf("refused-consent", button), steps));
  if (refusal !== undefined) return { button: refusal, step: stepOf("refused-consent", refusal) };
  for (const [did, kind] of [
    ["revealed", "reveal"],
    ["opened-more", "more"],
  ] as const) {
    const button = data.buttons.find(({ label, about }) => isLabel(kind, label) && !asksAge(about));
    if (button !== undefined && !repeats(stepOf(did, button), steps)) return { button, step: stepOf(did, button) };
  }
  return undefined;
}

function whatRefuses(data: PageData): readonly Button[] {
  const covered = data.cover !== undefined && speaksOfTracking(data.cover.text);
  if (!covered && !asksConsent(data)) return [];
  return data.buttons.filter(
    ({ label, place, besides }) => (place === "cover" ? covered : besides >= 0) && isLabel("refuse", label),
  );
}

function stepOf(did: Step["did"], { label }: Button): Step {
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

async function press(page: Page, look: Look, { at, label }: Button): Promise<boolean> {
  const point = (await look(`(${POINT_AT})(${at}, ${JSON.stringify(label)})`)) as readonly [number, number] | null;
  if (point === null) return false;
  await page.mouse.click(...point);
  await page.mouse.move(0, 0);
  await new Promise((done) => setTimeout(done, REACTION));
  await look("window.scrollTo(0, 0)").catch(() => undefined);
  return true;
}
