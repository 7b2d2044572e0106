/** A sentence as programs are told it beside its English; and what went wrong, as every answer says it. */
import { z } from "@hono/zod-openapi";
import { codedOf, type Told, textOf } from "../lib/told.ts";

const plain = z.union([z.string(), z.number()]);
/** A name, a number, a time; another sentence; or a list of these. */
const one = z.union([
  plain,
  z.object({ text: z.string(), code: z.string(), values: z.record(z.string(), plain).readonly().optional() }),
]);
const value = z.union([one, z.array(one).readonly()]);
/** A sentence by its code, with what stands in it, for whoever says it in another language: src/lib/told.ts. */
export const codedSchema = z
  .object({ code: z.string(), values: z.record(z.string(), value).readonly().optional() })
  .openapi("Coded");

export const problemSchema = z
  .object({
    error: z.object({
      code: z.string().openapi({ example: "not_found" }),
      message: z.string(),
      next: z.string().optional(),
      told: codedSchema.optional().openapi({ description: "`message` for other languages." }),
      toldNext: codedSchema.optional().openapi({ description: "`next` for other languages." }),
    }),
  })
  .openapi("Problem");

export type Problem = z.infer<typeof problemSchema>;

/** What an answer of something gone wrong says; an error of ours has its codes apart. */
export interface Wrong {
  readonly code: string;
  readonly message: string | Told;
  readonly next?: string | Told | undefined;
  readonly told?: Told | undefined;
  readonly toldNext?: Told | undefined;
}

/** The same as every answer holds it, whoever gives it. */
export function problem({ code, message, next, ...codes }: Wrong): Problem {
  const told = codedOf(codes.told ?? message);
  const toldNext = codedOf(codes.toldNext ?? next);
  return {
    error: {
      code,
      message: textOf(message),
      ...(next === undefined ? {} : { next: textOf(next) }),
      ...(told === undefined ? {} : { told }),
      ...(toldNext === undefined ? {} : { toldNext }),
    },
  };
}
