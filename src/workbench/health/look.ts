import type { InferResponseType } from "hono/client";
import type { api } from "../api.ts";

export type HealthView = InferResponseType<typeof api.health.$get, 200>;
export type Check = HealthView["checks"][number];
