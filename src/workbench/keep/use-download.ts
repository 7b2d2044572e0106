import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useLanguage } from "../language.tsx";
import { sizeOf } from "../words/sizes.ts";
import { fill } from "../words/words.ts";
import { BROKEN, download } from "./download.ts";

interface Asked {
  readonly path: string;
  readonly init?: RequestInit;
}

/** A download under way: how far it is, in words, and what became of it. `done` is the sentence for when it is there. */
export function useDownload(done: string, onDone: () => void = () => undefined) {
  const { words, language } = useLanguage();
  const { working, broken, busy } = words.keep;
  const [bytes, setBytes] = useState(0);
  const loading = useMutation({
    mutationFn: ({ path, init = {} }: Asked) => {
      setBytes(0);
      return download(path, init, setBytes);
    },
    onSuccess: onDone,
  });
  const size = (count: number): string => sizeOf(language, count);
  const said = (): string => {
    if (loading.isPending) return bytes === 0 ? working.gathering : fill(working.writing, { size: size(bytes) });
    if (loading.data === undefined) return "";
    return fill(done, { name: loading.data.name, size: size(loading.data.bytes) });
  };
  return {
    start: loading.mutate,
    isPending: loading.isPending,
    isDone: loading.isSuccess,
    error: loading.error,
    said: said(),
    words: { [BROKEN]: broken, busy },
  };
}
