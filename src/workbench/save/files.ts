import { answer, api } from "../api.ts";

/** Hands one file in. Throws `Problem`. */
export async function uploadFile(
  file: File,
  terms: { readonly from: string; readonly caseName?: string; readonly note?: string },
): Promise<void> {
  X
}
