/**
 * Which buttons ask for consent to tracking, and which answer that: the same words are said to an invitation, a petition or a poll,
 * and whoever is signed in would have spoken. Pure.
 */
import type { NearTracking } from "../page/near-tracking.ts";
import { isLabel } from "./wall-statements.ts";

interface Offered extends NearTracking {
  /** Its place among the buttons of the document. */
  readonly at: number;
  readonly label: string;
  /** Of a page's. */
  readonly place?: "cover" | "content";
}

/** Said to anything, not only to a question for consent. */
const ANY_YES = /^\W*(?:ok|okay|oke|ок|yes|got it|close)\W*$/iu;
/** Letters of other words: between a question and its answer, and between two answers to it. */
const TO_ANSWER = 600;
const BETWEEN_ANSWERS = 40;

const accepts = ({ label }: Offered): boolean => isLabel("accept", label);
const isWord = ({ label }: Offered): boolean => !/\s/.test(label.trim());

/** Whether a button says yes to tracking: the question for it stands before it, and nothing else answered that. */
export function asksForTracking(button: Offered, all: readonly Offered[]): boolean {
  const { label, besides, apart, from, at } = button;
  if (!accepts(button) || ANY_YES.test(label) || besides < 0 || apart < 0) return false;
  // What lies over the page may go into all it wants between its question and "accept all".
  if (apart > TO_ANSWER && (button.place === "content" || isWord(button))) return false;
  return !all.some(
    (other) => accepts(other) && other.at < at && other.from >= from - apart && from - other.from >= BETWEEN_ANSWERS,
  );
}

/** Whether it answers such a question: of all that says yes, one that asks for tracking is nearest to it. A single word is said to whatever is beside it. */
export function answersTracking(button: Offered, all: readonly Offered[]): boolean {
  const distance = (other: Offered): number => Math.abs(other.from - button.from);
  const yes = all.filter((other) => other !== button && accepts(other));
  const nearest = Math.min(...yes.map(distance));
  return (
    nearest < (isWord(button) ? BETWEEN_ANSWERS : TO_ANSWER) &&
    yes.some((other) => distance(other) === nearest && asksForTracking(other, all))
  );
}
