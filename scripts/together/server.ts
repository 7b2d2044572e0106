import { runTogether } from "../together.ts";

runTogether("scripts/together/server.ts");
