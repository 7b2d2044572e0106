/** What somebody tells of themselves to become a member, and what is told of members. */
import { z } from "@hono/zod-openapi";
import { ROLES } from "../access.ts";
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "../accounts/sign-in.ts";

const LONGEST_NAME = 100;
/** https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.3 */
const LONGEST_EMAIL = 254;

export const roleSchema = z.enum(ROLES).openapi("Role");

/** On one line, and of something that can be seen. */
export const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(LONGEST_NAME)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, "on one line");

export const personSchema = z
  .object({
    name: nameSchema,
    email: z.email().max(LONGEST_EMAIL),
    password: z.string().min(SHORTEST_PASSWORD).max(LONGEST_PASSWORD),
  })
  .openapi("Person");
