/**
 * A server's process to be killed: opens the house in a folder, answers by IPC what `app.request()` answers, and saves. Its
 * parent signed its members in before.
 */
import { BASE_URL, emptyHouse } from "./house.ts";

const house = await emptyHouse({ folder: process.argv[2] ?? "", allowPrivate: true });

interface Asked {
  readonly number: number;
  readonly path: string;
  readonly asking: Parameters<typeof house.ask>[1];
  /** A page that is handed in, or bytes in base64. */
  readonly file?: { readonly text?: string; readonly base64?: string; readonly key: string };
}

async function answerTo({ path, asking, file }: Asked): Promise<Response> {
  if (file === undefined) return house.ask(path, asking);
  const form = new FormData();
  form.append("file", new Blob([file.text ?? Buffer.from(file.base64 ?? "", "base64")]), "page.html");
  form.append("from", "a neighbour");
  form.append("key", file.key);
  const headers = { origin: BASE_URL, cookie: asking?.cookie ?? "" };
  return house.app.request(`${BASE_URL}${path}`, { method: "POST", body: form, headers });
}

/** What is no JSON, in base64. */
async function bodyOf(answer: Response): Promise<unknown> {
  const bytes = Buffer.from(await answer.arrayBuffer());
  const isJson = answer.headers.get("content-type")?.startsWith("application/json") === true;
  return isJson ? (JSON.parse(bytes.toString()) as unknown) : bytes.toString("base64");
}

process.on("message", (message) => {
  const asked = message as Asked;
  void answerTo(asked).then(async (answer) => {
    process.send?.({ number: asked.number, status: answer.status, body: await bodyOf(answer) });
  });
});
process.on("disconnect", () => void house[Symbol.asyncDispose]());
process.send?.({ ready: true });
