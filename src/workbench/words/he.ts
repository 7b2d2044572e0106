/** All the workbench says, in Hebrew. */

import { account } from "./he/account.ts";
import { ask } from "./he/ask.ts";
import { care } from "./he/care.ts";
import { device } from "./he/device.ts";
import { enter } from "./he/enter.ts";
import { evidence } from "./he/evidence.ts";
import { find } from "./he/find.ts";
import { health } from "./he/health.ts";
import { inbox } from "./he/inbox.ts";
import { keep } from "./he/keep.ts";
import { look } from "./he/look.ts";
import { mine } from "./he/mine.ts";
import { people } from "./he/people.ts";
import { publish } from "./he/publish.ts";
import { redact } from "./he/redact.ts";
import { sample } from "./he/sample.ts";
import { save } from "./he/save.ts";
import { settings } from "./he/settings.ts";
import { shell } from "./he/shell.ts";
import { show } from "./he/show.ts";
import { told } from "./he/told.ts";
import type { Words } from "./words.ts";

export const he: Words = {
  account,
  ask,
  care,
  device,
  enter,
  evidence,
  find,
  health,
  inbox,
  keep,
  look,
  mine,
  people,
  publish,
  redact,
  sample,
  save,
  settings,
  shell,
  show,
  told,
};
