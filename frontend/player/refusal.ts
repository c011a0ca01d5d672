// Why nothing is played any more, in the product's own words.
import { Refused } from "../island/ask";
import { gettext } from "../island/words";
import { player } from "./data";

const PLAIN: Readonly<Record<number, string>> = {
  401: gettext("Sign in to see this."),
  404: gettext("This recording was edited while you watched it. Load it again to go on where you are."),
};

/** The product's own sentence for the refusal: the same question asked of the API. */
export async function reasonOf(recording: string, status: number, code: string): Promise<Refused> {
  const plain = PLAIN[status] ?? gettext("You may no longer watch this recording.");
  try {
    await player(recording);
    return new Refused(status, code, plain);
  } catch (error) {
    const said = error instanceof Refused ? error : new Refused(status, code, "");
    return new Refused(status, code || said.code, said.message || plain);
  }
}
