/** What of this member's waits on this device, and why. */
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Spoken } from "../frame/spoken.tsx";
import { useLanguage } from "../language.tsx";
import { keptQuery } from "../offline/kept.ts";
import { forgetFile } from "../offline/kept-files.ts";
import { counted } from "../words/words.ts";

export function Kept({ actor }: { readonly actor: string }) {
  const { language, words } = useLanguage();
  const { device, save } = words;
  const queries = useQueryClient();
  const { data } = useQuery(keptQuery(actor));
  const { links = 0, files = [] } = data ?? {};
  const waiting = files.filter(({ refused }) => refused === undefined).length;
  const erase = async (key: string): Promise<void> => {
    await forgetFile(key);
    await queries.invalidateQueries({ queryKey: keptQuery(actor).queryKey });
  };
  return (
    <>
      <div role="status" className="stack kept-all">
        {links === 0 ? null : <p className="kept">{counted(language, save.kept, links)}</p>}
        {waiting === 0 ? null : (
          <p className="kept">
            {counted(language, device.files, waiting)} {device.readable}
          </p>
        )}
      </div>
      {files.length === 0 ? null : (
        <ul className="taken sheet" aria-label={device.list}>
          {files.map(({ key, file, refused, told }) => (
            <li key={key}>
              <div className="row taken-row">
                <bdi>{file.name}</bdi>
                <Button variant="subtle" size="sm" onClick={() => void erase(key)}>
                  {device.erase}
                </Button>
              </div>
              {refused === undefined ? null : (
                <p className="trouble">
                  <strong>{device.refused}</strong> <Spoken english={refused} told={told} />
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
