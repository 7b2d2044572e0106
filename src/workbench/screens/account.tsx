/** A member's own account: password, passkeys, the app, and who signed in. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Codes } from "../account/codes.tsx";
import { FirstPassword } from "../account/first-password.tsx";
import { Passkeys } from "../account/passkeys.tsx";
import { Password } from "../account/password.tsx";
import { SignIns } from "../account/sign-ins.tsx";
import { Page } from "../frame/page.tsx";
import { useWords } from "../language.tsx";
import { meQuery } from "../queries.ts";
import "../style/fields.css";
import "../account/account.css";

export function Account() {
  const { account } = useWords();
  const { data: me } = useQuery(meQuery);
  const [isNew, setNew] = useState(false);
  return (
    <Page title={account.title} lead={account.lead}>
      {me === undefined ? null : (
        <>
          {me.password ? <Password isNew={isNew} /> : <FirstPassword onSet={() => setNew(true)} />}
          <Passkeys hasPassword={me.password} />
          <Codes has={me.codes} hasPassword={me.password} />
          <section className="sheet stack" aria-labelledby="sign-ins">
            <div>
              <h2 id="sign-ins">{account.signIns.title}</h2>
              <p className="quiet">{me.password ? account.signIns.lead : account.signIns.leadWithout}</p>
            </div>
            <SignIns id={me.id} label={account.signIns.title} />
          </section>
        </>
      )}
    </Page>
  );
}
