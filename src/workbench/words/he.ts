/** All the workbench says, in Hebrew. */
import { care } from "./he/care.ts";
import { device } from "./he/device.ts";
import { enter } from "./he/enter.ts";
import { evidence } from "./he/evidence.ts";
import { health } from "./he/health.ts";
import { inbox } from "./he/inbox.ts";
import { keep } from "./he/keep.ts";
import { look } from "./he/look.ts";
import { mine } from "./he/mine.ts";
import { people } from "./he/people.ts";
import { save } from "./he/save.ts";
import { shell } from "./he/shell.ts";
import { show } from "./he/show.ts";
import { told } from "./he/told.ts";
import type { Words } from "./words.ts";

export const he: Words = {
  care,
  device,
  enter,
  evidence,
  health,
  inbox,
  keep,
  look,
  mine,
  people,
  save,
  shell,
  show,
  told,
};
