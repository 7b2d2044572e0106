/** What goes wrong, as an answer: which error, what happened, and what to do next, in plain words. */
import type { Hook } from "@hono/zod-openapi";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { type ErrorCode, isPlacardError } from "../lib/error.ts";
import { diskFull, isDiskFull } from "../lib/room.ts";
import { primaryCode } from "../lib/sqlite.ts";
import type { Told } from "../lib/told.ts";
import type { Env } from "./parts.ts";
import { type Problem, problem, problemSchema } from "./problem.ts";
import { say } from "./said.ts";

const FAULT = problem({
  code: "fault",
  message: say("fault"),
  next: say("fault_next"),
});

/** What every route may answer besides its own; spread into `responses`. */
export const PROBLEMS = {
  default: { content: { "application/json": { schema: problemSchema } }, description: "What went wrong." },
} as const;

const STATUS: Readonly<Record<ErrorCode, ContentfulStatusCode>> = {
  usage: 400,
  malformed: 400,
  unsupported: 400,
  mismatch: 409,
  too_large: 413,
  not_found: 404,
  conflict: 409,
  busy: 503,
  inconsistent: 500,
  clock_behind: 500,
  storage: 507,
  remote: 502,
  not_captured: 422,
  no_browser: 500,
  erased: 410,
  not_allowed: 403,
  cancelled: 409,
};

const DISK_TROUBLE = problem({
  code: "storage",
  message: say("disk_trouble"),
  next: say("look_at_disk"),
});

/** What SQLite says when the disk did not do as it was asked: https://sqlite.org/rescode.html */
const DISK_FAILED: ReadonlySet<number> = new Set([8, 10, 14]);

export function isStorageFailure(error: unknown): boolean {
  return isDiskFull(error) || isPlacardError(error, "storage") || DISK_FAILED.has(primaryCode(error));
}

/** As it is told, whatever it was. */
export function problemOf(error: unknown): Problem {
  if (isDiskFull(error)) return problem(diskFull(error));
  if (isPlacardError(error)) return problem(error);
  return isStorageFailure(error) ? DISK_TROUBLE : FAULT;
}

export function answerError(error: unknown, c: Context): Response {
  if (error instanceof HTTPException && error.status < 500) {
    const code = error.status === 403 ? "elsewhere" : "malformed";
    return c.json(problem({ code, message: say("not_understood") }), error.status);
  }
  const status = isPlacardError(error) ? STATUS[error.code] : 500;
  return c.json(problemOf(error), isStorageFailure(error) ? STATUS.storage : status);
}

/** What a request says does not have the form it should have. */
export const refuseMalformed: Hook<unknown, Env, string, Response | undefined> = (result, c) => {
  if (result.success) return undefined;
  const [issue] = result.error.issues;
  const where = issue?.path.join(".") || "The request";
  const message = `${where}: ${issue?.message ?? "not understood"}`;
  // Which field of what a program sent is for who reads programs; in other languages it is said that nothing came of it.
  return c.json(problem({ code: "malformed", message, told: say("not_understood") }), 400);
};

/** An answer that is no error of the record's: not signed in, not allowed, no such page. */
export function refuse(
  c: Context,
  status: 401 | 403 | 404 | 405 | 429,
  code: string,
  message: Told,
  next?: Told,
): Response {
  return c.json(problem({ code, message, next }), status);
}
