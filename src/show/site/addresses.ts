/** Where things lie on a site. An address that was given out once stays. */

/** Of the exhibit's page; upper case, so that a QR code of it stays coarse. */
export function exhibitFolder(id: string): string {
  return `V/${id.replaceAll("-", "").slice(3)}/`;
}

export function proofPath(id: string): string {
  return `${exhibitFolder(id)}${id}.placard`;
}

export function picturePath(id: string): string {
  return `${exhibitFolder(id)}${id}.png`;
}

export const caseFolder = (key: string): string => `cases/${key}/`;
export const questionFolder = (key: string): string => `questions/${key}/`;

/** A page of a list; the first has the list's own address. */
export function listPage(folder: string, n: number): string {
  return n === 1 ? folder : `${folder}${n}/`;
}

/** With one slash at its end. */
export function baseOf(address: string): string {
  return `${address.replace(/\/+$/, "")}/`;
}
