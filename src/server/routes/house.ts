/** Whether there is a record yet, and who asks. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { ROLES } from "../access.ts";
import { PROBLEMS } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";

const houseSchema = z.object({ founded: z.boolean(), name: z.string().optional() }).openapi("House");
const meSchema = z
  .object({ name: z.string(), role: z.enum(ROLES), actor: z.string(), arrived: z.boolean() })
  .openapi("Me");

const getHouse = createRoute({
  method: "get",
  path: "/house",
  responses: {
    200: { content: { "application/json": { schema: houseSchema } }, description: "What there is." },
    ...PROBLEMS,
  },
});

const getMe = createRoute({
  method: "get",
  path: "/me",
  responses: { 200: { content: { "application/json": { schema: meSchema } }, description: "Who asks." }, ...PROBLEMS },
});

export function houseRoutes({ house }: Parts) {
  return new OpenAPIHono<Env>()
    .openapi(getHouse, (c) => {
      const named = house.isFounded && c.get("member") !== undefined ? { name: house.record().name } : {};
      return c.json({ founded: house.isFounded, ...named }, 200);
    })
    .openapi(getMe, (c) => {
      const { name, role, actor, arrived } = c.get("member");
      return c.json({ name, role, actor, arrived }, 200);
    });
}
