/** Before a run of many test files: founds the house that they all copy, so that not each of them does (`--test-global-setup`). */
import { makeTemplates, TEMPLATES } from "./house.ts";

export async function globalSetup(): Promise<void> {
  process.env[TEMPLATES] = (await makeTemplates()).root;
}
