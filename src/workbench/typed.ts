/** A field whose text stands in the address: it follows the address, and the address follows it once nobody types. */
import { useEffect, useRef, useState } from "react";

/** Milliseconds after the last key. */
const TYPING = 120;

/** `begin`: what stands in the field at first, where it is not what the address says; the address is then told of it. */
export function useTyped(
  inAddress: string,
  onTyped: (typed: string) => void,
  begin = inAddress,
): readonly [typed: string, type: (typed: string) => void] {
  const [typed, setTyped] = useState(begin);
  const told = useRef(inAddress);
  useEffect(() => {
    // The address has changed by itself: by the way back, or a link.
    if (inAddress !== told.current) {
      told.current = inAddress;
      setTyped(inAddress);
    }
  }, [inAddress]);
  useEffect(() => {
    if (typed === told.current) return undefined;
    const timer = setTimeout(() => {
      told.current = typed;
      onTyped(typed);
    }, TYPING);
    return () => clearTimeout(timer);
  });
  return [typed, setTyped];
}
