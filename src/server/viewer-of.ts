/** Who asks, as those who look at exhibits are told apart (src/app/viewer.ts). */
import type { Context } from "hono";
import type { Viewer } from "../app/looking.ts";
import type { Env } from "./parts.ts";

export const viewerOf = (c: Context<Env>): Viewer => ({ isGuest: c.get("member").role === "guest" });
