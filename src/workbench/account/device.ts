/** A device in the words of a language; the server tells which browser on which system, in English. */
import { fill, type Words } from "../words/words.ts";

export function deviceInWords(device: string, { account }: Words): string {
  const { unknown, on, systems } = account.devices;
  const [told = "", system] = device.split(" on ");
  const browser = told === "A browser" ? unknown : told;
  const known: Readonly<Record<string, string>> = systems;
  return system === undefined ? browser : fill(on, { browser, system: known[system] ?? system });
}
