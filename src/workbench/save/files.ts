import { useState } from "react";
import { answer, ask } from "../api.ts";
import { newKey } from "./outbox.ts";

export interface Chosen {
  /** Made when it is chosen: sent a second time, it is taken in once. */
  readonly key: string;
  readonly file: File;
  /** Why it was not taken in. */
  readonly error?: unknown;
}

export interface TakenIn {
  readonly key: string;
  readonly name: string;
  /** What it was sealed as; none of a list of links. */
  readonly exhibit?: string;
  /** How many links there were in it. */
  readonly links?: number;
}

type Remarks = Readonly<Record<string, string>>;

/** What is to be handed in, and what came of each: gone from the one as soon as it stands in the other. */
export function useFiles() {
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const [taken, setTaken] = useState<readonly TakenIn[]>([]);
  const leaveOut = (key: string): void => setChosen((all) => all.filter((one) => one.key !== key));
  const handInOne = async (one: Chosen, remarks: Remarks): Promise<boolean> => {
    try {
      const came = await uploadFile(one, remarks);
      setTaken((all) => [came, ...all]);
      leaveOut(one.key);
      return true;
    } catch (error) {
      setChosen((all) => all.map((other) => (other.key === one.key ? { ...other, error } : other)));
      return false;
    }
  };
  return {
    chosen,
    taken,
    choose: (files: readonly File[]): void =>
      setChosen((all) => [...all, ...files.map((file) => ({ key: newKey(), file }))]),
    leaveOut,
    /** One after another; resolves to whether all were taken in. */
    handIn: async (remarks: Remarks): Promise<boolean> => {
      let all = true;
      for (const one of chosen) all = (await handInOne(one, remarks)) && all;
      return all;
    },
  };
}

/** Hands one file in. Throws `Problem`. */
async function uploadFile({ key, file }: Chosen, remarks: Remarks): Promise<TakenIn> {
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
    ...(told.exhibit === undefined ? {} : { exhibit: told.exhibit }),
    ...(told.links === undefined ? {} : { links: told.links.length }),
  };
}
