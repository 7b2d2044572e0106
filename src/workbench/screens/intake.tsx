/** The form for people without an account: whether it is open, what it says, and its address to hand out. */
import { useQuery } from "@tanstack/react-query";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { DoorForm } from "../inbox/door-form.tsx";
import { HandOutAddress } from "../inbox/hand-out-address.tsx";
import { doorQuery } from "../inbox/queries.ts";
import { useWords } from "../language.tsx";
import { useMay } from "../may.ts";
import "../style/fields.css";
import "../inbox/inbox.css";

export function Intake() {
  const { door } = useWords().inbox;
  const may = useMay();
  return may("PUT /api/intake/door") ? <DoorScreen /> : <Page title={door.title} lead={door.notYours} />;
}

function DoorScreen() {
  const { door } = useWords().inbox;
  const { data, error } = useQuery(doorQuery);
  return (
    <Page title={door.title} lead={door.lead}>
      <Trouble error={error} />
      {data === undefined ? null : <DoorForm door={data} />}
      {data?.open === true ? <HandOutAddress address={data.address} /> : null}
    </Page>
  );
}
