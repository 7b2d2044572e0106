/** What goes wrong, as an answer: which error, what happened, and what to do next, in plain words. */
import { type Hook, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { type ErrorCode, isPlacardError } from "../lib/error.ts";
import { diskFull, isDiskFull } from "../lib/room.ts";
import { primaryCode } from "../lib/sqlite.ts";
import type { Env } from "./parts.ts";

export const problemSchema = z
  .object({
    error: z.object({
      code: z.string().openapi({ example: "not_found" }),
      message: z.string(),
      next: z.string().optional(),
    }),
  })
  .openapi("Problem");

type Problem = z.infer<typeof problemSchema>;

/** What an answer of something gone wrong says. */
export interface Told {
  readonly code: string;
  readonly message: string;
  readonly next?: string | undefined;
}

/** The same as every answer holds it, whoever gives it. */
export function problem({ code, message, next }: Told): Problem {
  return { error: { code, message, ...(next === undefined ? {} : { next }) } };
}

const FAULT = problem({
  code: "fault",
  message: "Placard itself failed at this; nothing half-done was kept.",
  next: "Try it again. If it stays so, an owner or organiser finds on the health page what is wrong and how it is mended.",
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
  message: "The disk that the record lies on did not do as it was asked; this was not done.",
  next: "Look at the disk and its permissions, then do it again.",
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
    return c.json(problem({ code, message: "This request was not understood, and nothing was done." }), error.status);
  }
  const status = isPlacardError(error) ? STATUS[error.code] : 500;
  return c.json(problemOf(error), isStorageFailure(error) ? STATUS.storage : status);
}

/** What a request says does not have the form it should have. */
export const refuseMalformed: Hook<unknown, Env, string, Response | undefined> = (result, c) => {
  if (result.success) return undefined;
  const [issue] = result.error.issues;
  const where = issue?.path.join(".") || "The request";
  return c.json(problem({ code: "malformed", message: `${where}: ${issue?.message ?? "not understood"}` }), 400);
};

/** An answer that is no error of the record's: not signed in, not allowed, no such page. */
export function refuse(
  c: Context,
  status: 401 | 403 | 404 | 405 | 429,
  code: string,
  message: string,
  next?: string,
): Response {
  return c.json(problem({ code, message, next }), status);
}
