/**
 * Questions that are put to office-holders: how each stands, and each deed by itself, so that who may do it stands in the one table
 * (docs/asking.md).
 */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { type Noting, type QuestionView, takeMail } from "../../app/ask/asking.ts";
import { codedOf, type Told } from "../../lib/told.ts";
import { PROBLEMS } from "../errors.ts";
import { readForm } from "../form.ts";
import type { Env, Member, Parts } from "../parts.ts";
import { placesFor } from "../places.ts";
import { say } from "../said.ts";
import {
  askSchema,
  carriedSchema,
  classedSchema,
  confirmedSchema,
  exchangedSchema,
  letterSchema,
  pausedSchema,
  questionSchema,
  repliedSchema,
  resumedSchema,
  withdrawnSchema,
  writtenSchema,
} from "./question-schemas.ts";

const byId = z.object({ id: z.string().max(64) });
const jsonOf = <T extends z.ZodType>(schema: T) => ({ content: { "application/json": { schema } } });
const answers = <T extends z.ZodType>(schema: T, description: string) => ({
  200: { ...jsonOf(schema), description },
  ...PROBLEMS,
});
const deed = <Name extends string, T extends z.ZodType>(name: Name, schema: T, description: string) =>
  createRoute({
    method: "post",
    path: `/questions/{id}/${name}` as const,
    description,
    request: { params: byId, body: { ...jsonOf(schema), required: true } },
    responses: answers(questionSchema, "How it stands now; what was said is on disk."),
  });

const list = createRoute({
  method: "get",
  path: "/questions",
  description: "Every question that was asked, and how each stands.",
  responses: answers(
    z.object({
      questions: z.array(questionSchema),
      mail: z.boolean().openapi({ description: "Whether letters can be sent by e-mail from here." }),
      noticeDays: z.number().openapi({ description: "How many days whoever is asked has at the least." }),
    }),
    "Newest first.",
  ),
});
const look = createRoute({
  method: "get",
  path: "/questions/{id}",
  description: "One question: its status, its letters, and what came.",
  request: { params: byId },
  responses: answers(questionSchema, "How it stands now."),
});
const ask = createRoute({
  method: "post",
  path: "/questions",
  description: "Seals a question, with the promise that the reply will be published whole. Nothing is sent yet.",
  request: { body: { ...jsonOf(askSchema), required: true } },
  responses: answers(questionSchema, "Sealed."),
});
const preview = createRoute({
  method: "post",
  path: "/questions/{id}/letters/preview",
  description: "A letter as it would read. Nothing is kept of it.",
  request: { params: byId, body: { ...jsonOf(letterSchema), required: true } },
  responses: answers(writtenSchema, "Its text."),
});
const agree = deed("letters", letterSchema, "Agrees to one letter. An e-mail is handed to the mail server at once.");
const carry = deed("carried", carriedSchema, "What became of a letter: posted, handed over, published, come back.");
const reply = deed("replied", repliedSchema, "Takes in what came on paper, in person or elsewhere, as text.");
const read = deed("classed", classedSchema, "One member’s reading of a reply. Says nothing in public by itself.");
const confirm = deed("confirmed", confirmedSchema, "Another member agrees to a reading.");
const lookedFor = deed(
  "looked",
  z.strictObject({}),
  "Says that one looked wherever a reply could have come, and found none. The mailbox is looked into first; refused where mail lies there that nobody has sorted.",
);
const pause = deed("paused", pausedSchema, "Lets it rest: the office-holder is known not to be there.");
const resume = deed("resumed", resumedSchema, "Ends a pause.");
const withdraw = deed("withdrawn", withdrawnSchema, "Takes the question back; that and why is told.");
const mail = createRoute({
  method: "post",
  path: "/mail",
  description:
    "Takes in an e-mail that somebody has as a file (.eml), for the question `of` where nothing in it says of which. multipart/form-data: `file`.",
  request: { query: z.object({ of: z.string().max(64), at: z.string().max(40).optional() }) },
  responses: answers(questionSchema, "The question it was taken to."),
});
const exchange = createRoute({
  method: "post",
  path: "/mail/exchange",
  description: "Hands over letters that wait, and fetches what came, where the group has a mail account.",
  responses: answers(exchangedSchema, "What came; what nobody has sorted is counted until it is moved."),
});

const sentence = (told: Told) => ({ text: told.text, told: codedOf(told) ?? { code: told.code } });
function toldOf({ status, noLetter, noLook, ...view }: QuestionView) {
  const { code, said, beside } = status;
  return {
    ...view,
    status: { code, said: sentence(said), beside: beside.map(sentence) },
    ...(noLetter === undefined ? {} : { noLetter: sentence(noLetter) }),
    ...(noLook === undefined ? {} : { noLook: sentence(noLook) }),
  };
}

/** Files of one member's that are held at once. */
const EACH = 2;

export function questionRoutes({ house, accounts }: Parts) {
  const questions = () => house.record().questions;
  const places = placesFor(EACH, { message: say("files_busy"), next: say("wait_one") });
  /** What adds to what is public takes people who have been here a while. */
  const lasting = (member: Member): Member => {
    accounts.members.refuseNewcomer(member.id);
    return member;
  };
  const changed = (view: QuestionView) => {
    house.news.tell({ kind: "look" });
    return toldOf(view);
  };
  const noted = async (id: string, noting: Noting, { actor }: Member) =>
    changed(await questions().note(id, noting, actor));
  return new OpenAPIHono<Env>()
    .openapi(list, async (c) => {
      const [all, terms] = await Promise.all([questions().list(c.get("member").actor), questions().terms()]);
      return c.json({ questions: all.map(toldOf), ...terms }, 200);
    })
    .openapi(look, async (c) =>
      c.json(toldOf(await questions().of(c.req.valid("param").id, c.get("member").actor)), 200),
    )
    .openapi(ask, async (c) =>
      c.json(changed(await questions().ask(c.req.valid("json"), lasting(c.get("member")))), 200),
    )
    .openapi(preview, async (c) =>
      c.json(await questions().preview(c.req.valid("param").id, c.req.valid("json"), c.get("member")), 200),
    )
    .openapi(agree, async (c) =>
      c.json(
        changed(await questions().agree(c.req.valid("param").id, c.req.valid("json"), lasting(c.get("member")))),
        200,
      ),
    )
    .openapi(carry, async (c) => {
      const { actor } = lasting(c.get("member"));
      return c.json(changed(await questions().carried(c.req.valid("param").id, c.req.valid("json"), actor)), 200);
    })
    .openapi(reply, async (c) =>
      c.json(
        await noted(c.req.valid("param").id, { act: "replied", ...c.req.valid("json") }, lasting(c.get("member"))),
        200,
      ),
    )
    .openapi(read, async (c) =>
      c.json(
        await noted(c.req.valid("param").id, { act: "classed", ...c.req.valid("json") }, lasting(c.get("member"))),
        200,
      ),
    )
    .openapi(confirm, async (c) =>
      c.json(
        await noted(c.req.valid("param").id, { act: "confirmed", ...c.req.valid("json") }, lasting(c.get("member"))),
        200,
      ),
    )
    .openapi(lookedFor, async (c) => {
      const { actor } = lasting(c.get("member"));
      return c.json(changed(await questions().looked(c.req.valid("param").id, actor)), 200);
    })
    .openapi(pause, async (c) =>
      c.json(await noted(c.req.valid("param").id, { act: "paused", ...c.req.valid("json") }, c.get("member")), 200),
    )
    .openapi(resume, async (c) =>
      c.json(
        await noted(c.req.valid("param").id, { act: "resumed", ...c.req.valid("json") }, lasting(c.get("member"))),
        200,
      ),
    )
    .openapi(withdraw, async (c) =>
      c.json(await noted(c.req.valid("param").id, { act: "withdrawn", ...c.req.valid("json") }, c.get("member")), 200),
    )
    .openapi(mail, async (c) => {
      const { id: member, actor } = lasting(c.get("member"));
      using _ = places.take(member);
      const { of, at } = c.req.valid("query");
      const { file } = await readForm(c.req.raw, takeMail);
      await using held = file;
      const taken = { bytes: held.bytes, ...(at === undefined ? {} : { at }) };
      return c.json(changed(await questions().takeIn(of, taken, actor)), 200);
    })
    .openapi(exchange, async (c) => {
      lasting(c.get("member"));
      const came = await questions().exchange();
      house.news.tell({ kind: "look" });
      return c.json(came, 200);
    });
}
