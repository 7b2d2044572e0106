import { readFileSync } from "node:fs";
import { isJsonObject, parseJson } from "../lib/json.ts";

const manifest = parseJson(readFileSync(new URL("../../package.json", import.meta.url), "utf8"), "package.json");

/** Placard's own name and version, as sealed into every capture. */
export const SOFTWARE = {
  name: "placard",
  version: isJsonObject(manifest) ? String(manifest["version"]) : "unknown",
} as const;
