import { answer, ask } from "../api.ts";

/** Hands one file in. Throws `Problem`. */
export async function uploadFile(file: File, remarks: Readonly<Record<string, string>>): Promise<void> {
  const body = new FormData();
  // The file last: it is read as it comes, and what is said of it must be known by then.
  for (const [name, value] of Object.entries(remarks)) body.append(name, value);
  body.append("file", file);
  await answer(ask("/api/imports", { method: "POST", body }));
}
