/** A case with something of each kind, and secrets in all that may not be shown. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { initRecord } from "../src/app/init-record.ts";
import { openRecord } from "../src/app/record.ts";
import { onTheWay, STEPS } from "./server/on-the-way.ts";
import { POST, sealActs, sealPosts } from "./server/sealed-exhibits.ts";

export const SECRETS: readonly string[] = Object.values({
  withheld: ["Barnaby Quillfeather", "quillfeather", "Tansy Row"],
  unpassed: [
    "hollow marmalade words",
    "marmalade-platform",
    "Cordelia Pocketwatch",
    "marmalade title",
    "marmalade-address",
  ],
  group: ["lanternnote", "lantern-tag", "a private case name", "neighbour Thistlewood", "an erased reason"],
}).flat();

export async function secretCase(path: string) {
  await initRecord(path, { name: "Hollow Lane Residents" });
  const siteText = { cases: [{ case: "a private case name", key: "lamps", name: "The lamps of the lane" }] };
  await writeFile(join(path, "config.json"), JSON.stringify({ site: "https://hollow-lane.example", siteText }));
  const post = {
    ...POST,
    case: "a private case name",
    note: "lanternnote",
    author: "Barnaby Quillfeather",
    handle: "@quillfeather",
    title: "Barnaby Quillfeather of Tansy Row",
    postText: "They said it at the notice board.",
  };
  const unpassed = {
    ...post,
    author: "Cordelia Pocketwatch",
    postText: "hollow marmalade words",
    platform: "marmalade-platform",
    title: "marmalade title",
    url: "https://townsquare.example/marmalade-address",
  };
  const ids = await sealPosts(path, [
    ...STEPS.map((step) => (["corrected", "confirmed", "withdrawn", "published"].includes(step) ? post : unpassed)),
    unpassed,
    unpassed,
  ]);
  await sealActs(path, [
    {
      act: "received",
      receivedFrom: "neighbour Thistlewood",
      case: "a private case name",
      claims: { title: "marmalade title" },
    },
  ]);
  await using record = await openRecord(path);
  const way = await onTheWay(record, ids);
  await record.fileUnder([ids[0] ?? ""], { tag: ["lantern-tag"] }, "actor-x");
  const confirmed = way.confirmed.json["correction"] ?? "";
  await record.publications.take(way.confirmed.id, { act: "confirmed", correction: confirmed }, "actor-y");
  await record.publications.take(
    way.corrected.id,
    { act: "corrected", what: "marmalade title", why: "Nobody agreed." },
    "actor-x",
  );
  const erased = ids.at(-1) ?? "";
  await record.erase(erased, "an erased reason");
  return { ids, way, erased, caseName: "a private case name" };
}
