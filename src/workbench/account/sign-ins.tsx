/** When and how somebody signed in, newest first. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { answer, api } from "../api.ts";
import { Chip } from "../frame/chip.tsx";
import { useMoments } from "../frame/moment.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { deviceInWords } from "./device.ts";

const signInsQuery = (id: string) =>
  queryOptions({
    queryKey: ["sign-ins", id],
    queryFn: () => answer(api.members[":id"]["sign-ins"].$get({ param: { id } })),
    staleTime: 0,
  });
const SHOWN = 30;
/** What happened to an account without anybody signing in. */
const BESIDE: ReadonlySet<string> = new Set(["link-made", "link", "password-set"]);

export function SignIns({ id, label }: { readonly id: string; readonly label: string }) {
  const words = useWords();
  const { signIns } = words.account;
  const moment = useMoments();
  const { data, error } = useQuery(signInsQuery(id));
  return (
    <>
      <Trouble error={error} />
      {data?.signIns.length === 0 ? <p>{signIns.none}</p> : null}
      <ul className="lines" aria-label={label}>
        {data?.signIns.slice(0, SHOWN).map(({ at, method, device, succeeded }) => {
          const isSignIn = !BESIDE.has(method);
          return (
            <li key={`${at} ${method} ${succeeded}`} className="line">
              <div className="line-what">
                <strong>{moment(at)}</strong>
                <span className="quiet small">
                  {[signIns.methods[method], deviceInWords(device, words)].join(" · ")}
                </span>
              </div>
              {isSignIn ? (
                <Chip tone={succeeded ? "plain" : "fails"}>{succeeded ? signIns.succeeded : signIns.failed}</Chip>
              ) : null}
            </li>
          );
        })}
      </ul>
    </>
  );
}
