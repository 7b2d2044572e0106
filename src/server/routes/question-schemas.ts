/** Questions as they are told, and what members say about them. */
import { z } from "@hono/zod-openapi";
import { CLASSES, LETTER_STATES, MOST_LETTERS } from "../../app/ask/asking.ts";
import { codedSchema } from "../problem.ts";

const toldSchema = z.object({ text: z.string(), told: codedSchema });
const id = z.string().max(64);
const day = z.string().max(10).openapi({ example: "2026-05-15" });
const moment = z.string().max(40).openapi({ description: "RFC 3339; now, where it is left out." });
const line = z.string().max(300);
const words = z.string().max(20_000);
const replyClass = z.enum(CLASSES);
const channel = z.enum(["email", "post", "handed", "public"]);
const state = z.enum(LETTER_STATES);

const named = z.object({ name: line });
const to = z
  .object({ person: named, post: z.object({ label: line }), organization: named })
  .openapi({ description: "Popolo’s names: who, in which office, where." });
const forum = z.object({ on: day, startsAt: z.string().max(5), place: line, chair: line });
const asked = {
  kind: z.enum(["question", "invitation", "request"]),
  to,
  timeZone: z.string().max(64),
  language: z.enum(["en", "he"]),
  text: words,
  exhibits: z.array(id).max(100),
  by: day,
  mostLetters: z.int().min(1).max(MOST_LETTERS),
};
export const askSchema = z.strictObject({ ...asked, forum: forum.optional() });

export const questionSchema = z
  .object({
    ...asked,
    exhibits: asked.exhibits.readonly(),
    forum: forum.optional(),
    id: z.string(),
    promise: z.string(),
    askedAt: z.string().optional(),
    status: z.object({ code: z.string(), said: toldSchema, beside: z.array(toldSchema) }),
    today: z.string().openapi({ description: "Where the office-holder is." }),
    waitsUntil: z.string().optional(),
    daysLeft: z.number().optional(),
    letters: z
      .array(
        z.object({
          id: z.string(),
          channel,
          by: z.string(),
          fate: z.enum(["agreed", "cancelled", "unclear", "bounced", "sent", "delivered"]),
          sayable: z.array(state).readonly().openapi({ description: "What a member may say became of it." }),
          wentOn: z.string().optional(),
          deliveredOn: z.string().optional(),
          cameBackOn: z.string().optional(),
        }),
      )
      .readonly(),
    replies: z
      .array(
        z.object({
          id: z.string(),
          cameOn: z.string(),
          channel: z.enum(["email", "post", "handed", "person", "link", "elsewhere"]),
          nature: z.enum(["reply", "automatic", "unclear"]),
          from: z.string().optional(),
          text: z.string().optional(),
          exhibit: z.string().optional(),
          as: replyClass.optional().openapi({ description: "What two members agree that it is." }),
          quote: z.string().optional(),
          theirs: replyClass.optional().openapi({ description: "What whoever wrote it says that it is." }),
          proposed: z
            .object({ id: z.string(), as: replyClass, quote: z.string().optional(), isOwn: z.boolean() })
            .optional()
            .openapi({ description: "One member’s reading, which waits for another’s." }),
        }),
      )
      .readonly(),
    pauses: z.array(z.object({ id: z.string(), from: z.string(), until: z.string().optional() })).readonly(),
    isWithdrawn: z.boolean(),
    noLetter: toldSchema.optional().openapi({ description: "Why no letter may go out now." }),
    noLook: toldSchema.optional().openapi({ description: "Why nobody may say now that nothing came." }),
  })
  .openapi("Question");

export const letterSchema = z.strictObject({
  channel,
  by: day,
  address: z.email().max(300).optional().openapi({ description: "Of an e-mail; handed out to nobody." }),
  post: line.optional().openapi({ description: "Where replies on paper go." }),
});
export const writtenSchema = z.object({ subject: z.string(), text: z.string(), language: z.enum(["en", "he"]) });
export const carriedSchema = z.strictObject({ letter: id, state, at: moment.optional() });
export const repliedSchema = z.strictObject({
  channel: z.enum(["email", "post", "handed", "person", "elsewhere"]),
  at: moment.optional(),
  from: line.optional(),
  text: words.optional(),
  exhibit: id.optional().openapi({ description: "Where they answered in public." }),
});
export const classedSchema = z.strictObject({
  reply: id,
  as: replyClass,
  quote: z.string().max(1000).optional().openapi({ description: "The reason in their words, where they decline." }),
});
export const confirmedSchema = z.strictObject({ what: id });
export const pausedSchema = z.strictObject({
  from: day,
  until: day.optional(),
  reason: z.enum(["ill", "bereaved", "away"]).openapi({ description: "Told to nobody." }),
});
export const resumedSchema = z.strictObject({ pause: id });
export const withdrawnSchema = z.strictObject({ reason: line });
export const exchangedSchema = z.object({
  replies: z.number(),
  reports: z.number(),
  unmatched: z.number(),
  unread: z.number(),
});
