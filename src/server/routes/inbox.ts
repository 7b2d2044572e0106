/** What strangers sent in, for those who take it: told only when it is looked at, then saved, declined or erased. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { previewOf } from "../../app/sent-picture.ts";
import { answerFile } from "../answer-file.ts";
import { PROBLEMS } from "../errors.ts";
import { plain } from "../intake/contents.ts";
import { REF } from "../intake/receipt.ts";
import { LONGEST_REASON } from "../intake/sent.ts";
import { importPicture, saveLinks, takeAway } from "../intake/taking.ts";
import type { Env, Parts } from "../parts.ts";
import { placesFor } from "../places.ts";
import { say } from "../said.ts";
import { rowSchema, rowsOf, sentSchema, toldOf } from "./inbox-told.ts";

const LONGEST_NAME = 200;
const json = <T extends z.ZodType>(schema: T) => ({ "application/json": { schema } });
const body = <T extends z.ZodType>(schema: T) => ({ content: json(schema), required: true });
const params = z.object({ ref: z.string().regex(REF) });
const pictureParams = params.extend({ n: z.coerce.number().int().min(1).max(99) });
const caseName = z.string().trim().max(LONGEST_NAME).optional();
const responses = { 200: { content: json(sentSchema), description: "As it stands now." }, ...PROBLEMS } as const;

const list = createRoute({
  method: "get",
  path: "/inbox",
  description: "What was sent in, without what it says.",
  responses: {
    200: {
      content: json(z.object({ sent: z.array(rowSchema), reasons: z.array(z.string()) })),
      description: "What waits, then the rest.",
    },
    ...PROBLEMS,
  },
});
const waiting = createRoute({
  method: "get",
  path: "/inbox/waiting",
  description: "How much of what was sent in waits for somebody: to be decided, read or erased.",
  responses: { 200: { content: json(z.object({ waiting: z.int() })), description: "How many." }, ...PROBLEMS },
});
const look = createRoute({
  method: "post",
  path: "/inbox/{ref}/look",
  description: "All of one that was sent in; its sender is told that somebody looked.",
  request: { params },
  responses,
});
const picture = createRoute({
  method: "get",
  path: "/inbox/{ref}/pictures/{n}",
  description: "A picture that was sent in, drawn anew and smaller: the file itself is handed to nobody.",
  request: { params: pictureParams },
  responses: {
    200: { content: { "image/png": { schema: z.string().openapi({ format: "binary" }) } }, description: "It." },
    ...PROBLEMS,
  },
});
const save = createRoute({
  method: "post",
  path: "/inbox/{ref}/save",
  description: "Asks for its links to be saved, as a member’s own.",
  request: {
    params,
    body: body(
      z.strictObject({
        places: z
          .array(z.int())
          .max(99)
          .optional()
          .openapi({ description: "Which, by their numbers; all that wait, where none are named." }),
        caseName,
      }),
    ),
  },
  responses,
});
const importOne = createRoute({
  method: "post",
  path: "/inbox/{ref}/pictures/{n}/import",
  description: "Seals a picture as received from whoever sent it in.",
  request: {
    params: pictureParams,
    body: body(z.strictObject({ from: z.string().trim().min(1).max(LONGEST_NAME), caseName })),
  },
  responses,
});
const decline = createRoute({
  method: "post",
  path: "/inbox/{ref}/decline",
  description: "Does not take it; the sender is told the reason, where there is one.",
  request: { params, body: body(z.strictObject({ reason: z.string().max(LONGEST_REASON) })) },
  responses,
});
const reopen = createRoute({
  method: "post",
  path: "/inbox/{ref}/reopen",
  description: "Takes up again what was declined.",
  request: { params },
  responses,
});
const erase = createRoute({
  method: "delete",
  path: "/inbox/{ref}",
  description: "Erases what was sent in, but for what is sealed of it.",
  request: { params },
  responses,
});
const eraseContact = createRoute({
  method: "delete",
  path: "/inbox/{ref}/contact",
  description: "Erases how the sender could be reached.",
  request: { params },
  responses,
});

export function inboxRoutes({ house, allowPrivate = false }: Parts) {
  const coming = placesFor(1, { message: say("picture_busy"), next: say("wait_done") });
  const sent = async () => (await house.intake()).sent;
  const changed = async (ref: string) => {
    house.news.tell({ kind: "look" });
    return toldOf(house, ref);
  };
  return new OpenAPIHono<Env>()
    .openapi(list, async (c) =>
      c.json({ sent: await rowsOf(house), reasons: [...(await house.intake()).door.reasons] }, 200),
    )
    .openapi(waiting, async (c) => c.json({ waiting: (await rowsOf(house)).filter(({ open }) => open).length }, 200))
    .openapi(look, async (c) => {
      const { ref } = c.req.valid("param");
      const { lookedAt, unread } = (await sent()).get(ref);
      const isNew = lookedAt === null || unread === 1;
      (await sent()).looked(ref);
      return c.json(await (isNew ? changed(ref) : toldOf(house, ref)), 200);
    })
    .openapi(picture, async (c) => {
      const { ref, n } = c.req.valid("param");
      const png = await previewOf((await sent()).picture(ref, n).bytes);
      return answerFile(c, {
        blob: new Blob([Uint8Array.from(png)]),
        mediaType: "image/png",
        inline: true,
        name: `${ref}-${n}.png`,
      });
    })
    .openapi(save, async (c) => {
      const { ref } = c.req.valid("param");
      const { actor } = c.get("member");
      await saveLinks(house, { ref, actor, allowPrivate, ...c.req.valid("json") });
      return c.json(await toldOf(house, ref), 200);
    })
    .openapi(importOne, async (c) => {
      const { ref, n } = c.req.valid("param");
      using _ = coming.take(`${ref} ${n}`);
      await importPicture(house, { ref, n, actor: c.get("member").actor, ...c.req.valid("json") });
      return c.json(await toldOf(house, ref), 200);
    })
    .openapi(decline, async (c) => {
      const { ref } = c.req.valid("param");
      (await sent()).decline(ref, plain(c.req.valid("json").reason));
      return c.json(await changed(ref), 200);
    })
    .openapi(reopen, async (c) => {
      const { ref } = c.req.valid("param");
      (await sent()).reopen(ref);
      return c.json(await changed(ref), 200);
    })
    .openapi(erase, async (c) => {
      const { ref } = c.req.valid("param");
      const intake = await house.intake();
      await takeAway(house, intake, intake.sent.get(ref).ref, "erased");
      return c.json(await toldOf(house, ref), 200);
    })
    .openapi(eraseContact, async (c) => {
      const { ref } = c.req.valid("param");
      (await sent()).eraseContact(ref);
      return c.json(await changed(ref), 200);
    });
}
