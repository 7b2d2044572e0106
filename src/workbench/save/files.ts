import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, ask, OFFLINE, Problem } from "../api.ts";
import { keptQuery } from "../offline/kept.ts";
import { forgetFile, type KeptFile, keepFiles, newKey } from "../offline/kept-files.ts";
import { isRefusal } from "./outbox.ts";

export interface Chosen {
  /** Made when it is chosen: sent a second time, it is taken in once. */
  readonly key: string;
  readonly file: File;
  /** Why it was not taken in. */
  readonly error?: unknown;
  /** It found no answer, and there was no room to keep it on this device. */
  readonly hasNoRoom?: boolean;
}

export interface TakenIn {
  readonly key: string;
  readonly name: string;
  /** What it was sealed as; none of a list of links. */
  readonly exhibit?: string;
  /** Its text can be read. */
  readonly isPicture: boolean;
  /** How many links there were in it. */
  readonly links?: number;
}

type Remarks = KeptFile["remarks"];
type Outcome = "taken" | "kept" | "left";

/** What is to be handed in, and what came of each: gone from the one as soon as it stands in the other. */
export function useFiles(actor: string) {
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const [taken, setTaken] = useState<readonly TakenIn[]>([]);
  const [whyKept, setWhyKept] = useState<unknown>(null);
  const drop = (key: string): void => setChosen((all) => all.filter((one) => one.key !== key));
  const add = (more: readonly Chosen[]): void =>
    setChosen((all) => [...all, ...more.filter(({ key }) => !all.some((one) => one.key === key))]);
  const handInOne = async ({ key, file }: Chosen, remarks: Remarks): Promise<Outcome> => {
    try {
      const came = await uploadFile({ key, file, remarks });
      setTaken((all) => [came, ...all]);
      // Where the phone shared it, it lay on this device until now.
      await forgetFile(key).catch(() => undefined);
      drop(key);
      return "taken";
    } catch (error) {
      const kept = !isRefusal(error) && (await keepFiles([{ key, actor, file, remarks, at: Date.now() }]));
      if (kept) {
        // Where there was an answer, such as that the disk is full, it is not silence that keeps it here.
        if (!(error instanceof Problem && error.code === OFFLINE)) setWhyKept(error);
        drop(key);
        await queries.invalidateQueries({ queryKey: keptQuery(actor).queryKey });
        return "kept";
      }
      const why = { error, hasNoRoom: !isRefusal(error) };
      setChosen((all) => all.map((other) => (other.key === key ? { ...other, ...why } : other)));
      return "left";
    }
  };
  return {
    chosen,
    taken,
    /** What was answered to a file that is kept on this device meanwhile. */
    whyKept,
    choose: (files: readonly File[]): void => add(files.map((file) => ({ key: newKey(), file }))),
    /** What the phone shared and lies on this device. */
    add,
    leaveOut: (key: string): void => {
      drop(key);
      void forgetFile(key).catch(() => undefined);
    },
    /** One after another; resolves to whether none of them is left to be handed in. */
    handIn: async (remarks: Remarks): Promise<boolean> => {
      let isNoneLeft = true;
      setWhyKept(null);
      for (const one of chosen) isNoneLeft = (await handInOne(one, remarks)) !== "left" && isNoneLeft;
      return isNoneLeft;
    },
  };
}

/** Hands one file in. Throws `Problem`. */
export async function uploadFile({ key, file, remarks }: Pick<KeptFile, "key" | "file" | "remarks">): Promise<TakenIn> {
  const body = new FormData();
  // The file last: it is read as it comes, and what is said of it must be known by then.
  for (const [name, value] of Object.entries({ key, ...remarks })) body.append(name, value);
  body.append("file", file);
  const told = (await answer(ask("/api/imports", { method: "POST", body }))) as {
    readonly exhibit?: string;
    readonly links?: readonly unknown[];
  };
  return {
    key,
    name: file.name,
    isPicture: file.type.startsWith("image/"),
    ...(told.exhibit === undefined ? {} : { exhibit: told.exhibit }),
    ...(told.links === undefined ? {} : { links: told.links.length }),
  };
}
