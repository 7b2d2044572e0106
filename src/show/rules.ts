/**
 * What must be so before an exhibit is shown to the public: one table. It is a reading of the law of the United Kingdom by people who are no
 * lawyers; docs/law-and-care.md says the same in full, and a test holds the two to each other. Rules for another country are another such table.
 */
import { say } from "./said.ts";

/** In the order in which they are passed. */
export const GATES = {
  redaction: {
    why: say("gate_redaction"),
    law: ["UK GDPR art. 5(1)(c)", "Data Protection Act 2018 sch. 2 para. 26"],
  },
  reason: { why: say("gate_reason"), law: ["Defamation Act 2013 s. 4", "UK GDPR art. 6(1)(f)"] },
  second: { why: say("gate_second"), law: ["Defamation Act 2013 s. 4(4)"] },
} as const;

/** What keeps an exhibit from the public, whatever else is done. `ends`: it is set until a day, and is over then. */
export const HOLDS = {
  "active-proceedings": { ends: false, why: say("hold_proceedings"), law: ["Contempt of Court Act 1981 ss. 1–2"] },
  "comment-sought": { ends: true, why: say("hold_comment"), law: ["Defamation Act 2013 s. 4"] },
  "private-person": {
    ends: false,
    why: say("hold_private"),
    law: ["UK GDPR art. 5(1)(a)", "Human Rights Act 1998 sch. 1 art. 8"],
  },
  "proscribed-symbol": {
    ends: false,
    why: say("hold_symbol"),
    law: ["Terrorism Act 2000 s. 13", "Public Order Act 1986 ss. 18–23"],
  },
} as const;

export type HoldKind = keyof typeof HOLDS;

/** Why something is not public any more: said in these words alone, since one person may withdraw, and what is said in public takes two. */
export const WITHDRAWALS = {
  mistake: { why: say("withdrawn_mistake") },
  "private-person": { why: say("withdrawn_private") },
  asked: { why: say("withdrawn_asked") },
  law: { why: say("withdrawn_law") },
  checking: { why: say("withdrawn_checking") },
} as const;

export type WithdrawalKind = keyof typeof WITHDRAWALS;
