/** The form's address, as text and as a QR code. */
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { Qr } from "../enter/qr.tsx";
import { LinkButton } from "../frame/link-button.tsx";
import { useWords } from "../language.tsx";

const LOCAL = /^https?:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])[:/]/;

export function HandOutAddress({ address }: { readonly address: string }) {
  const { door } = useWords().inbox;
  const [told, setTold] = useState("");
  const copy = (): void => {
    // Without TLS a browser gives no clipboard; then the address is marked, to be copied by hand.
    const copying = navigator.clipboard?.writeText(address) ?? Promise.reject(new Error("no clipboard"));
    copying.then(
      () => setTold(door.copied),
      () => setTold(door.byHand),
    );
  };
  return (
    <section className="sheet stack" aria-labelledby="address">
      <h2 id="address">{door.address}</h2>
      <div className="row door-address">
        <TextInput
          className="grow"
          classNames={{ input: "mono" }}
          aria-labelledby="address"
          readOnly
          value={address}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button variant="default" onClick={copy}>
          {door.copy}
        </Button>
      </div>
      <p role="status">{told}</p>
      {LOCAL.test(address) ? <p>{door.local}</p> : null}
      <div className="door-qr">
        <Qr text={address} label={door.qr} />
      </div>
      <p className="quiet small">{door.qrWhat}</p>
      <div>
        <LinkButton to="/inbox" variant="default">
          {door.toInbox}
        </LinkButton>
      </div>
    </section>
  );
}
