/** All the workbench says, in English. One file a room; the other languages answer to this one. */

import { account } from "./en/account.ts";
import { ask } from "./en/ask.ts";
import { care } from "./en/care.ts";
import { device } from "./en/device.ts";
import { enter } from "./en/enter.ts";
import { evidence } from "./en/evidence.ts";
import { find } from "./en/find.ts";
import { health } from "./en/health.ts";
import { inbox } from "./en/inbox.ts";
import { keep } from "./en/keep.ts";
import { look } from "./en/look.ts";
import { mine } from "./en/mine.ts";
import { people } from "./en/people.ts";
import { publish } from "./en/publish.ts";
import { redact } from "./en/redact.ts";
import { sample } from "./en/sample.ts";
import { save } from "./en/save.ts";
import { settings } from "./en/settings.ts";
import { shell } from "./en/shell.ts";
import { show } from "./en/show.ts";
import { told } from "./en/told.ts";

export const en = {
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
} as const;
