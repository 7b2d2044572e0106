/**
 * How many posts a member has uncovered today: on this device alone, a number without names of posts. It is told to nobody,
 * is in no request, and goes when they sign out.
 */
import { useSyncExternalStore } from "react";

interface Exposure {
  readonly actor: string;
  /** As the device's calendar has it: 2026-11-30. */
  readonly day: string;
  readonly count: number;
  /** What the count was when a break was last suggested and answered. */
  readonly answeredAt: number;
}

const EXPOSURE = "placard-exposure";
const hearers = new Set<() => void>();
/** Each post counts once while the window stands, however often it is looked at; which it was is not kept. */
const counted = new Set<string>();

function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

function exposureOf(actor: string): Exposure {
  const none = { actor, day: today(), count: 0, answeredAt: 0 };
  try {
    const kept = JSON.parse(localStorage.getItem(EXPOSURE) ?? "null") as Exposure | null;
    return kept !== null && kept.actor === actor && kept.day === none.day ? kept : none;
  } catch {
    return none;
  }
}

function keep(exposure: Exposure): void {
  localStorage.setItem(EXPOSURE, JSON.stringify(exposure));
  for (const hear of hearers) hear();
}

export function countUncovered(actor: string, id: string): void {
  if (counted.has(id)) return;
  counted.add(id);
  const now = exposureOf(actor);
  keep({ ...now, count: now.count + 1 });
}

export function beginAtZero(actor: string): void {
  keep({ ...exposureOf(actor), count: 0, answeredAt: 0 });
}

/** The break was taken, or is not wanted now: suggested again after as many more. */
export function answerBreak(actor: string): void {
  const now = exposureOf(actor);
  keep({ ...now, answeredAt: now.count });
}

export function forgetExposure(): void {
  localStorage.removeItem(EXPOSURE);
}

function listen(hear: () => void): () => void {
  hearers.add(hear);
  globalThis.addEventListener("storage", hear);
  return () => {
    hearers.delete(hear);
    globalThis.removeEventListener("storage", hear);
  };
}

/** How many today. */
export function useExposure(actor: string): number {
  return useSyncExternalStore(listen, () => exposureOf(actor).count);
}

/** Whether a break is due: `after` more than when one was last suggested; never where that is 0. */
export function useBreakDue(actor: string, after: number): boolean {
  return useSyncExternalStore(listen, () => {
    const { count, answeredAt } = exposureOf(actor);
    return after > 0 && count - answeredAt >= after;
  });
}
