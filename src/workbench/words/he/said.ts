/** The server's own sentences, in Hebrew, by their codes; in English it says them itself (src/<folder>/said.ts). */
import { agenda } from "./said/agenda.ts";
import { app } from "./said/app.ts";
import { ask } from "./said/ask.ts";
import { capture } from "./said/capture.ts";
import { index } from "./said/index.ts";
import { lib } from "./said/lib.ts";
import { record } from "./said/record.ts";
import { server } from "./said/server.ts";
import { show } from "./said/show.ts";
import { vault } from "./said/vault.ts";
import { verify } from "./said/verify.ts";

export const said: Readonly<Record<string, string>> = {
  ...agenda,
  ...app,
  ...ask,
  ...capture,
  ...index,
  ...lib,
  ...record,
  ...server,
  ...show,
  ...vault,
  ...verify,
};
