import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";

/** 128 bits, hexadecimal. */
export const newKey = (): string => randomBytes(16).toString("hex");

export function rows<Row>(
  raw: DatabaseSync,
  sql: string,
  ...parameters: readonly (string | number | null)[]
): readonly Row[] {
  return raw.prepare(sql).all(...parameters) as unknown as readonly Row[];
}
