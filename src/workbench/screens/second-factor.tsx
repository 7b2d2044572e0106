/** Whoever came by password alone, and has no second factor yet, gets one here. */

import { useFirstArrival } from "../enter/arrive.ts";
import { Enrolment } from "../enter/enrolment.tsx";

export function SecondFactor() {
  return <Enrolment password={undefined} onDone={useFirstArrival()} />;
}
