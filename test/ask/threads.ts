/** Reads test/ask/threads.txt: invented questions, what happened to each, and what may be said of it in public at which moments. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROMISE } from "../../src/ask/acts.ts";
import type { AskEntry } from "../../src/ask/fold.ts";
import type { Json } from "../../src/lib/json.ts";
import { exhibitId } from "../../src/record/exhibit-id.ts";

export interface Expected {
  readonly at: number;
  readonly code: string;
  readonly text: string;
  readonly beside: readonly string[];
}

/** An act, with the moment at which it was sealed. */
export interface Dated extends AskEntry {
  readonly sealedAt: number;
}

export interface Thread {
  readonly name: string;
  readonly questionId: string;
  readonly acts: readonly Dated[];
  readonly expected: readonly Expected[];
}

export const idOf = (label: string): string => exhibitId(createHash("sha256").update(label).digest());

/** `05-15`, or with its year. */
const dayFrom = (text: string): string => (text.length === 5 ? `2026-${text}` : text);
const LINE = /^(=? ?)((?:\d{4}-)?\d\d-\d\d) (\d\d:\d\d(?::\d\d)?) (.*)$/;

export function readThreads(path = join(import.meta.dirname, "threads.txt")): readonly Thread[] {
  const parts = readFileSync(path, "utf8")
    .replace(/^#(?!#).*\n/gm, "")
    .split(/^## /m)
    .slice(1);
  return parts.map(readThread);
}

function readThread(part: string): Thread {
  const [name = "", ...lines] = part.trim().split("\n");
  const acts: Dated[] = [];
  const expected: { at: number; code: string; text: string; beside: string[] }[] = [];
  const fresh = (label: string): string => idOf(`${name}/${label}`);
  for (const line of lines.filter((one) => one !== "")) {
    if (line.startsWith("  + ")) {
      (expected.at(-1) ?? assert.fail(line)).beside.push(line.slice(4));
      continue;
    }
    const [, sign = "", day = "", clock = "", rest = ""] = LINE.exec(line) ?? assert.fail(line);
    const moment = `${dayFrom(day)}T${clock.length === 5 ? `${clock}:00` : clock}Z`;
    if (sign === "= ") {
      const [, code = "", text = ""] = /^(\w+): (.*)$/.exec(rest) ?? assert.fail(line);
      expected.push({ at: Date.parse(moment), code, text, beside: [] });
    } else {
      const add = (label: string, fields?: Readonly<Record<string, Json>>): void => {
        const entry = { id: fresh(label), position: acts.length, sealedAt: Date.parse(moment) };
        acts.push(fields === undefined ? entry : { ...entry, fields });
      };
      readAct(rest, { moment, fresh, add });
    }
  }
  return { name, questionId: fresh("Q"), acts, expected };
}

interface Reading {
  readonly moment: string;
  readonly fresh: (label: string) => string;
  readonly add: (label: string, fields?: Readonly<Record<string, Json>>) => void;
}

let count = 0;

function readAct(text: string, { moment, fresh, add }: Reading): void {
  const quote = /"([^"]*)"/.exec(text)?.[1];
  const tokens = text
    .replace(/"[^"]*"/, "")
    .split(/\s+/)
    .filter(Boolean);
  const given = Object.fromEntries(tokens.filter((one) => one.includes("=")).map((one) => one.split("="))) as Record<
    string,
    string
  >;
  const [act = "", ...words] = tokens.filter((one) => !one.includes("="));
  const [first = "", second = "", ...more] = words;
  const question = fresh("Q");
  const actor = given["actor"] ?? "ann";
  const at = given["at"] === undefined ? moment : `${dayFrom(given["at"].slice(0, -6))}T${given["at"].slice(-5)}:00Z`;
  const unnamed = (): string => `${act} ${count++}`;
  const by = dayFrom(given["by"] ?? "05-15");
  switch (act) {
    case "asked":
      return add("Q", {
        act,
        kind: given["kind"] ?? "question",
        to: {
          person: { name: "Wendel Thornby" },
          post: { label: "Councillor for Hollow Ward" },
          organization: { name: "Lanterns Borough Council" },
        },
        timeZone: given["zone"] ?? "Europe/London",
        language: "en",
        text: "Will you see to it that the lamps in Hollow Lane are lit again?",
        exhibits: [],
        by,
        promise: PROMISE,
        mostLetters: Number(given["most"] ?? 3),
      });
    case "letter":
      add(first, { act, of: question, channel: second, by, actor });
      for (const state of more)
        add(unnamed(), { act: "carried", of: question, letter: fresh(first), state, at, source: "member" });
      return;
    case "carried":
      return add(unnamed(), { act, of: question, letter: fresh(first), state: second, at, source: "member" });
    case "replied":
      return add(first, { act, of: question, channel: second, nature: more[0] ?? "reply", at, text: "Dear residents" });
    case "classed":
      return add(first, {
        act,
        of: question,
        reply: fresh(second),
        as: more[0] ?? "",
        actor,
        ...(quote === undefined ? {} : { quote }),
      });
    case "confirmed":
      return add(unnamed(), { act, of: question, what: fresh(first), actor });
    case "disputed":
      return add(unnamed(), { act, of: question, at, as: second, ...(first === "-" ? {} : { reply: fresh(first) }) });
    case "paused":
      return add(first, {
        act,
        of: question,
        from: dayFrom(second),
        reason: given["reason"] ?? "ill",
        ...(more[0] === undefined ? {} : { until: dayFrom(more[0]) }),
      });
    case "resumed":
      return add(unnamed(), { act, of: question, pause: fresh(first), on: dayFrom(second) });
    case "looked":
      return add(unnamed(), { act, of: question, at, actor });
    case "withdrawn":
      return add(unnamed(), { act, of: question, at, reason: quote ?? "" });
    case "lost":
      return add(unnamed());
    case "unknown":
      return add(unnamed(), { act: "foreseen", of: question });
    default:
      assert.fail(text);
  }
}

/** What of it was sealed by then. */
export function actsBy(thread: Thread, at: number): readonly Dated[] {
  return thread.acts.filter(({ sealedAt }) => sealedAt <= at);
}
