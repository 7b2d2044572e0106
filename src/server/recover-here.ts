/** The way back for whoever has the record's folder: as an owner would make one, also where there is no owner who could. */
import { existsSync } from "node:fs";
import { recordFolder } from "../app/record-folder.ts";
import { PlacardError } from "../lib/error.ts";
import { openAccounts } from "./accounts/open.ts";

export interface RecoveredHere {
  readonly name: string;
  readonly link: string;
  readonly expiresAt: string;
}

/** `url`: where people reach the workbench. Safe while the server runs. Throws `not_found`, `usage`. */
export async function recoverHere(folder: string, url: string, email: string | undefined): Promise<RecoveredHere> {
  if (!existsSync(recordFolder(folder).members)) {
    throw new PlacardError("not_found", `There is no group with members in ${folder}.`, {
      next: "--record DIR names another folder.",
    });
  }
  if (URL.parse(url) === null) throw new PlacardError("usage", `${url} is no web address.`);
  await using accounts = await openAccounts(folder, { baseUrl: url });
  const { token, name, expiresAt } = accounts.recoveries.makeHere(email);
  return { name, link: `${accounts.baseUrl}/recover#${token}`, expiresAt };
}
