/** A back-up put back on day one, by whoever holds the printed link. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { type RestoreResult, tryBackUp } from "../../app/record.ts";
import { PlacardError } from "../../lib/error.ts";
import { throttled } from "../client.ts";
import { PROBLEMS } from "../errors.ts";
import { readForm } from "../form.ts";
import type { Env, Parts } from "../parts.ts";
import { placesFor } from "../places.ts";
import { problem } from "../problem.ts";
import { say } from "../said.ts";
import { holdsSetupLink, NOT_THE_LINK, SETUP_HEADER } from "../setup-link.ts";

const ATTEMPTS_A_MINUTE = 20;
const LONGEST_PASSPHRASE = 1024;

const setupHeader = z.object({ "placard-setup": z.string().optional() });

const tryRoute = createRoute({
  method: "post",
  path: "/house/restore/try",
  description:
    "Whether a passphrase opens a back-up: its first 2,048 bytes tell. Asked before the whole of it is sent.",
  request: {
    headers: setupHeader,
    body: {
      required: true,
      content: {
        "application/json": {
          schema: z.strictObject({ passphrase: z.string().max(LONGEST_PASSPHRASE), beginning: z.base64().max(4096) }),
        },
      },
    },
  },
  responses: { 204: { description: "It does." }, ...PROBLEMS },
});

const progressSchema = z
  .object({
    step: z.enum(["none", "restoring", "checking"]),
    done: z.int().openapi({ description: "Bytes while restoring, entries and files while checking." }),
    total: z.int(),
  })
  .openapi("RestoreProgress");

const progressRoute = createRoute({
  method: "get",
  path: "/house/restore",
  description: "How far putting it back has come.",
  request: { headers: setupHeader },
  responses: {
    200: { content: { "application/json": { schema: progressSchema } }, description: "How far it is." },
    ...PROBLEMS,
  },
});

const restoredSchema = z
  .object({
    name: z.string(),
    madeAt: z.string().openapi({ description: "When the back-up was made, RFC 3339." }),
    holds: z.boolean().openapi({ description: "False of a record that was damaged before it was backed up." }),
    hasMembers: z
      .boolean()
      .openapi({ description: "Whether somebody can sign in; else the first member is made now." }),
  })
  .openapi("Restored");

const restoreRoute = createRoute({
  method: "post",
  path: "/house/restore",
  description:
    "Puts a back-up back where there is no record yet, whole or not at all. multipart/form-data: `passphrase`, then `file`.",
  request: { headers: setupHeader },
  responses: {
    201: { content: { "application/json": { schema: restoredSchema } }, description: "It is back." },
    ...PROBLEMS,
  },
});

type Progress = z.infer<typeof progressSchema>;

export function restoringRoutes(parts: Parts) {
  const { house, accounts } = parts;
  const places = placesFor(1, {
    message: say("restoring_busy"),
    next: say("wait_that"),
  });
  let progress: Progress = { step: "none", done: 0, total: 0 };
  const routes = new OpenAPIHono<Env>();
  const limited = throttled(parts, ATTEMPTS_A_MINUTE);
  for (const path of ["/house/restore", "/house/restore/try"]) routes.post(path, limited);
  /** A back-up is put back where there is nothing yet, by whoever may begin the group. */
  const mayBegin = (c: Context<Env>): Response | undefined => {
    if (accounts.hasMembers) throw new PlacardError("conflict", say("group_begun"), { next: say("sign_in") });
    return holdsSetupLink(parts, c.req.header(SETUP_HEADER)) ? undefined : c.json(problem(NOT_THE_LINK), 403);
  };
  const refuseOccupied = (): void => {
    if (!house.isFounded) return;
    throw new PlacardError("conflict", say("record_here_already"), {
      next: say("start_elsewhere"),
    });
  };
  return routes
    .openapi(progressRoute, (c) => (mayBegin(c) ?? c.json(progress, 200)) as never)
    .openapi(tryRoute, async (c) => {
      const refused = mayBegin(c);
      if (refused !== undefined) return refused as never;
      refuseOccupied();
      const { passphrase, beginning } = c.req.valid("json");
      // One at a time: each takes a quarter of a gigabyte for a second.
      using _ = places.take("restore");
      await tryBackUp(Uint8Array.from(Buffer.from(beginning, "base64")), passphrase);
      return c.body(null, 204);
    })
    .openapi(restoreRoute, async (c) => {
      const refused = mayBegin(c);
      if (refused !== undefined) return refused as never;
      refuseOccupied();
      using _ = places.take("restore");
      const { signal } = c.req.raw;
      try {
        const onProgress = (now: Progress): void => void (progress = now);
        const form = await readForm(c.req.raw, async (pieces, before) =>
          asTaken(await house.restore(pieces, passphraseIn(before), { signal, onProgress })),
        );
        await accounts.begin();
        const { name, madeAt, audit } = form.file.restored;
        return c.json({ name, madeAt, holds: audit.verdict === "holds", hasMembers: accounts.hasMembers }, 201);
      } finally {
        progress = { step: "none", done: 0, total: 0 };
      }
    });
}

/** The file is sent on as it comes: what opens it must be known by then. Throws `usage`. */
function passphraseIn(before: ReadonlyMap<string, string>): string {
  const passphrase = before.get("passphrase");
  if (passphrase !== undefined && passphrase.length <= LONGEST_PASSPHRASE) return passphrase;
  throw new PlacardError("usage", say("passphrase_not_sent"), {
    next: say("enter_and_choose"),
  });
}

/** What was put back stays, whatever becomes of the answer. */
function asTaken(restored: RestoreResult): { readonly restored: RestoreResult } & AsyncDisposable {
  return { restored, [Symbol.asyncDispose]: async () => undefined };
}
