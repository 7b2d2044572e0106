/** A member's own account: password, passkeys, the app, and who signed in. */
import { useQuery } from "@tanstack/react-query";
import { Codes } from "../account/codes.tsx";
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
  return (
    <Page title={account.title} lead={account.lead}>
      <Password />
      <Passkeys />
      {me === undefined ? null : (
        <>
          <Codes has={me.codes} />
          <section className="sheet stack" aria-labelledby="sign-ins">
            <div>
              <h2 id="sign-ins">{account.signIns.title}</h2>
              <p className="quiet">{account.signIns.lead}</p>
            </div>
            <SignIns id={me.id} label={account.signIns.title} />
          </section>
        </>
      )}
    </Page>
  );
}
