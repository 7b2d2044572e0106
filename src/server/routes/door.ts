/** The form's own door: whether it is open, what it says, and where it stands. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { PROBLEMS } from "../errors.ts";
import { plain } from "../intake/contents.ts";
import type { Door } from "../intake/door.ts";
import { LONGEST_REASON } from "../intake/sent.ts";
import type { Env, Parts } from "../parts.ts";

const MOST_REASONS = 12;
const LONGEST_GREETING = 2_000;

const doorSchema = z
  .object({
    open: z.boolean(),
    greeting: z.string().max(LONGEST_GREETING),
    reasons: z
      .array(z.string().max(LONGEST_REASON))
      .max(MOST_REASONS)
      .openapi({ description: "Why something is not taken, in the group’s own words." }),
  })
  .openapi("Door");
const answer = {
  200: {
    content: {
      "application/json": {
        schema: doorSchema.extend({ address: z.string().openapi({ description: "To be handed out." }) }),
      },
    },
    description: "As it is set now.",
  },
  ...PROBLEMS,
} as const;

const getDoor = createRoute({
  method: "get",
  path: "/intake/door",
  description: "Whether the form for people without an account is open, and what it says.",
  responses: answer,
});
const putDoor = createRoute({
  method: "put",
  path: "/intake/door",
  description: "Opens or closes the form, and sets what it says.",
  request: { body: { content: { "application/json": { schema: doorSchema.strict() } }, required: true } },
  responses: answer,
});

export function doorRoutes({ house, accounts }: Parts) {
  const told = ({ open, greeting, reasons }: Door) => ({
    open,
    greeting,
    reasons: [...reasons],
    address: `${accounts.baseUrl}/send`,
  });
  return new OpenAPIHono<Env>()
    .openapi(getDoor, async (c) => c.json(told((await house.intake()).door), 200))
    .openapi(putDoor, async (c) => {
      const { open, greeting, reasons } = c.req.valid("json");
      const intake = await house.intake();
      intake.door = { open, greeting: plain(greeting), reasons: reasons.map(plain).filter((one) => one !== "") };
      return c.json(told(intake.door), 200);
    });
}
