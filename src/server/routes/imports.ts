/** Files that are handed in: screenshots, saved pages and archives are sealed as received; lists of links are saved. */

import { randomBytes } from "node:crypto";
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { PlacardError } from "../../lib/error.ts";
import { PROBLEMS } from "../errors.ts";
import { type Form, readForm } from "../form.ts";
import type { Env, Member, Parts } from "../parts.ts";
import { placesFor } from "../places.ts";
import { say } from "../said.ts";
import { again, batchOf, batchSchema } from "./captures.ts";

const receivedSchema = z
  .object({
    exhibit: z.string(),
    words: z.array(z.string()),
    kind: z.string().openapi({ example: "picture" }),
    checks: z
      .array(z.object({ name: z.string(), state: z.string(), why: z.string() }))
      .openapi({ description: "What the file's own proofs came to." }),
  })
  .openapi("Received");

const importRoute = createRoute({
  method: "post",
  path: "/imports",
  description:
    "Takes in a file that somebody handed over. multipart/form-data: `file`, and as fields `from` (who handed it over; not needed of a list of links), `note`, `caseName`, `again` (of a list of links: when to look at each again, milliseconds after it is sealed, with commas between), `key` (32 hexadecimal digits at random: what is sent twice under one key is taken in once).",
  responses: {
    201: { content: { "application/json": { schema: receivedSchema } }, description: "Sealed as received." },
    202: {
      content: { "application/json": { schema: batchSchema } },
      description: "A list of links; they will be saved.",
    },
    ...PROBLEMS,
  },
});

/** Files of one member's that are read at once. */
const EACH = 4;

export function importRoutes({ house, allowPrivate = false }: Parts) {
  const places = placesFor(EACH, {
    message: say("files_busy"),
    next: say("wait_one"),
  });
  const coming = placesFor(1, { message: say("file_busy"), next: say("wait_done") });
  return new OpenAPIHono<Env>().openapi(importRoute, async (c) => {
    const member = c.get("member");
    using stack = new DisposableStack();
    stack.use(places.take(member.id));
    const form = await readForm(c.req.raw, (chunks) => house.record().takeUpload(chunks));
    await using upload = form.file;
    if (upload.text !== undefined) {
      const key = keyOf(form) ?? randomBytes(16).toString("hex");
      const terms = { key, ...remarksOf(form, member), ...againIn(form), ...(allowPrivate ? { allowPrivate } : {}) };
      const asked = await house.record().askFor(upload.text, terms);
      house.captures.wake();
      house.news.tell({ kind: "look" });
      return c.json(batchOf(house, asked, member), 202);
    }
    const from = form.fields.get("from")?.trim() ?? "";
    if (from === "") throw new PlacardError("usage", say("from_not_said"), { next: say("say_who_gave") });
    const key = keyOf(form);
    if (key !== undefined) stack.use(coming.take(key));
    const { id, words, kind, checks } = await house.captures.receive(upload.path, {
      from,
      fileName: form.fileName,
      ...(key === undefined ? {} : { key }),
      ...remarksOf(form, member),
    });
    house.news.tell({ kind: "exhibit", id });
    const told = checks.map(({ name, state, why }) => ({ name, state, why }));
    return c.json({ exhibit: id, words: [...words], kind, checks: told }, 201);
  });
}

/** Throws `malformed`. */
function keyOf({ fields }: Pick<Form<unknown>, "fields">): string | undefined {
  const key = fields.get("key");
  if (key === undefined || /^[0-9a-f]{32}$/.test(key)) return key;
  throw new PlacardError("malformed", "key: 32 hexadecimal digits are wanted.");
}

/** Throws `malformed`. */
function againIn({ fields }: Pick<Form<unknown>, "fields">): { readonly again?: readonly number[] } {
  const times = fields.get("again");
  if (times === undefined || times === "") return {};
  const found = again.safeParse(times.split(",").map(Number));
  if (found.success) return { again: found.data };
  throw new PlacardError("malformed", "again: milliseconds are wanted, with commas between.");
}

function remarksOf({ fields }: Pick<Form<unknown>, "fields">, { actor }: Member) {
  const caseName = fields.get("caseName")?.trim();
  const note = fields.get("note")?.trim();
  return { actor, ...(caseName ? { caseName } : {}), ...(note ? { note } : {}) };
}
