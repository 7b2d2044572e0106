/** When it may be said that no reply was received: written once more, plainly and slowly, from the acts' own fields. */
import type { AskEntry } from "../../src/ask/fold.ts";

type Fields = Readonly<Record<string, unknown>>;

const localDate = (at: number, zone: string): string => {
  const [date = ""] = new Date(at).toLocaleString("sv-SE", { timeZone: zone }).split(" ");
  return date;
};

export function maySaySilence(entries: readonly AskEntry[], now: number): boolean {
  const acts = entries.map(({ id, fields }): Fields => ({ ...fields, id }));
  const all = (name: string): readonly Fields[] => acts.filter(({ act }) => act === name);
  const [asked] = all("asked");
  if (asked === undefined) return false;
  const zone = String(asked["timeZone"]);
  const known = "asked letter carried replied classed confirmed disputed paused resumed looked".split(" ");
  // Withdrawn, erased, unknown, or an act that no person may have understood.
  if (acts.some(({ act }) => !known.includes(String(act)))) return false;
  for (const reply of all("replied")) {
    const reading = all("classed")
      .filter((one) => one["reply"] === reply["id"])
      .at(-1);
    if (reading === undefined || !["automatic", "unrelated"].includes(String(reading["as"]))) return false;
    if (!all("confirmed").some((one) => one["what"] === reading["id"] && one["actor"] !== reading["actor"]))
      return false;
  }
  for (const word of all("disputed")) {
    const last = all("disputed")
      .filter((one) => one["reply"] === word["reply"])
      .at(-1);
    // Their word on what is not in the record says that there was something.
    if (!all("replied").some(({ id }) => id === word["reply"])) return false;
    if (!["automatic", "unrelated"].includes(String(last?.["as"]))) return false;
  }
  const statesOf = (letter: Fields): readonly Fields[] =>
    all("carried").filter((one) => one["letter"] === letter["id"]);
  const has = (letter: Fields, ...wanted: readonly string[]): boolean =>
    statesOf(letter).some(({ state }) => wanted.includes(String(state)));
  const doubtful = all("letter").filter((letter) =>
    has(letter, "bounced")
      ? has(letter, "delivered", "handed")
      : has(letter, "uncertain") && !has(letter, "accepted", "posted", "handed", "published", "delivered", "delayed"),
  );
  const good = all("letter").filter((letter) => {
    const states = statesOf(letter).map(({ state }) => String(state));
    const out = states.some((state) => !["bounced", "uncertain", "cancelled"].includes(state));
    return out && !states.includes("bounced");
  });
  // Every one that went out had its day, and that day is over; somebody looked after it.
  if (good.length === 0) return false;
  const days = [...good, ...doubtful].map(({ by }) => String(by));
  if (days.some((day) => localDate(now, zone) <= day)) return false;
  const last = days.toSorted().at(-1) ?? "";
  if (!all("looked").some(({ at }) => Date.parse(String(at)) <= now && localDate(Date.parse(String(at)), zone) > last))
    return false;
  const endOf = (pause: Fields): string =>
    [
      pause["until"],
      ...all("resumed")
        .filter((one) => one["pause"] === pause["id"])
        .map(({ on }) => on),
    ]
      .filter((day) => day !== undefined)
      .map(String)
      .toSorted()[0] ?? "9999-12-31";
  const today = localDate(now, zone);
  if (all("paused").some((pause) => String(pause["from"]) <= today && endOf(pause) >= today)) return false;
  return good.some((letter) => {
    const times = statesOf(letter)
      .filter(({ state }) => !["uncertain", "cancelled"].includes(String(state)))
      .map(({ at }) => Date.parse(String(at)));
    const arrivals = statesOf(letter).filter(({ state }) => ["delivered", "handed"].includes(String(state)));
    const there = localDate(
      Math.min(...(arrivals.length > 0 ? arrivals.map(({ at }) => Date.parse(String(at))) : times)),
      zone,
    );
    const went = localDate(Math.min(...times), zone);
    const rested = all("paused").some((pause) => String(pause["from"]) <= last && endOf(pause) >= went);
    return !rested && Date.parse(`${last}T00:00Z`) - Date.parse(`${there}T00:00Z`) >= 5 * 86_400_000;
  });
}
