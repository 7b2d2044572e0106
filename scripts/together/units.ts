import { runTogether } from "../together.ts";

runTogether("scripts/together/units.ts");
