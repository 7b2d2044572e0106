/** A house with something of everything in it that can be asked about, and nothing that is captured: it has no browser. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { testSigner } from "../note-keys.ts";
import { PNG } from "../placard-fixture.ts";
import { type AskedBefore, askedIn } from "./asked-house.ts";
import { type FoundedHouse, good } from "./house.ts";
import { onTheWay, STEPS } from "./on-the-way.ts";
import { POST, sealPosts } from "./sealed-exhibits.ts";
import { openDoor, takenIn } from "./sender.ts";

/** What there is to ask about; can be written as JSON. */
export interface Known {
  readonly exhibit: string;
  /** Another, that may be erased. */
  readonly spare: string;
  readonly caseName: string;
  /** One before each step to the public. */
  readonly onTheWay: Awaited<ReturnType<typeof onTheWay>>;
  /** One before each deed about a question. */
  readonly asked: AskedBefore;
  /** The case, as it is handed out. */
  readonly caseFile: string;
  readonly guest: string;
  readonly contributor: string;
  /** A link that was not captured. */
  readonly item: string;
  /** One that waits. */
  readonly waiting: string;
  /** Of a member who is signed in elsewhere besides. */
  readonly session: string;
  /** And the id of another, that may be withdrawn. */
  readonly invitation: { readonly token: string; readonly spare: string };
  /** The guest's way back. */
  readonly recovery: string;
  /** The codes of what was sent in. */
  readonly sent: Readonly<Record<"open" | "waiting" | "declined" | "erased" | "withdrawn", string>>;
  readonly search: string;
  readonly spareSearch: string;
  readonly occasion: string;
  /** Of the settings. */
  readonly revision: string;
  /** A witness's key. */
  readonly vkey: string;
  /** Of nobody's app, in hexadecimal. */
  readonly secret: string;
}

export async function knownIn(house: FoundedHouse): Promise<Known> {
  const record = house.house.record();
  await writeFile(join(house.folder, "config.json"), JSON.stringify({ browser: join(house.folder, "none") }));
  const [exhibit = "", spare = ""] = await sealPosts(
    house.folder,
    [
      { ...POST, case: "Spring" },
      { ...POST, title: "Another", case: "Spring" },
    ],
    [{ bytes: PNG, mediaType: "image/png" }],
  );
  const links = ["https://townsquare.example/p/7", "https://townsquare.example/p/8"];
  const asked = await record.askFor(links, { key: "0".repeat(32), actor: "actor-x" });
  const [item = "", waiting = ""] = asked.links.map((link) => link.item);
  await record.cancelAsked(item);
  // There is something to take back.
  await record.planLooks(exhibit, [86_400_000], { actor: "actor-x" });
  // Somebody has said what of it is for the public.
  await record.redacting.seal(exhibit, { fields: ["author"] }, "actor-x");
  const toPublic = await sealPosts(
    house.folder,
    STEPS.map((step) => ({ ...POST, title: step })),
  );
  return {
    exhibit,
    spare,
    onTheWay: await onTheWay(record, toPublic),
    asked: await askedIn(house.folder),
    item,
    waiting,
    caseName: "Spring",
    caseFile: await handedOut(house, "Spring"),
    ...ofMembers(house),
    sent: await sentIn(house),
    revision: record.settingUp.see().revision,
    vkey: testSigner("witness.example/w", 9, 4).vkey,
    secret: "00".repeat(20),
  };
}

async function handedOut(house: FoundedHouse, caseName: string): Promise<string> {
  const folder = await good(await house.ask(`/api/case-folder?case=${caseName}`, { cookie: house.cookies.owner }));
  const path = `${house.folder}-case.zip`;
  await writeFile(path, new Uint8Array(await folder.arrayBuffer()));
  return path;
}

function ofMembers({ accounts, ids }: FoundedHouse) {
  const owner = { id: ids.owner, role: "owner" } as const;
  const { token } = accounts.invitations.invite(owner, "guest");
  const keep = (name: string): string =>
    accounts.searches.keep(ids.owner, { name, search: { text: "lane" }, shared: false }).id;
  const day = { day: "2026-03-02", name: "Hearing", caseName: null, actor: "actor-x" };
  return {
    guest: ids.guest,
    contributor: ids.contributor,
    session: accounts.sessions.of(ids.owner)[0]?.id ?? "",
    invitation: { token, spare: accounts.invitations.invite(owner, "guest").id },
    recovery: accounts.recoveries.make(owner, ids.guest, "a computer").token,
    search: keep("Lanes"),
    spareSearch: keep("Lanterns"),
    occasion: accounts.occasions.note(day).id,
  };
}

/** Each with a link, a picture, a word and a way to reach who sent it. */
async function sentIn(house: FoundedHouse): Promise<Known["sent"]> {
  await openDoor(house, house.cookies.owner);
  const sending = { links: ["https://townsquare.example/p/10"], pictures: [PNG], words: "As agreed", contact: "Dana" };
  const take = (): Promise<string> => takenIn(house, sending);
  const declined = await take();
  (await house.house.intake()).sent.decline(declined.slice(0, 9), "We have it.");
  return { open: await take(), waiting: await take(), declined, erased: await take(), withdrawn: await take() };
}
