// What was cut and is not saved is kept in this browser: a page that is loaded again has it. Where somebody else saved
// meanwhile, both can be had.
import { gettext } from "../island/words";
import type { Cut } from "./cuts";
import { type Editing, editing, type List, type Look, listOf } from "./data";
import type { Offer } from "./offer";

/** The list, and the version that it was made from. */
export interface Kept {
  readonly version: number;
  readonly list: List;
}

/** What the editor does for it. */
export interface Hands {
  /** The version that was saved last, as far as is known here. */
  data(): Editing;
  adopt(fresh: Editing): void;
  isSaved(list: List): boolean;
  take(list: List, said: string): void;
  save(): void;
  showVersions(data: Editing): void;
}

export class Unsaved {
  private readonly found: Kept | null;

  constructor(
    private readonly recording: string,
    private readonly offer: Offer,
    private readonly hands: Hands,
  ) {
    this.found = kept(recording);
  }

  /** Every change is kept; what is saved is not, unless it is being asked about. */
  note(list: List): void {
    const isSaved = this.hands.isSaved(list);
    if (isSaved && this.offer.isOpen) return;
    keep(this.recording, isSaved ? null : { version: this.hands.data().version, list });
  }

  /** What was not saved when the page was left is back. */
  recall(): void {
    const { found, hands } = this;
    if (!found || hands.isSaved(found.list)) return;
    const drop: [string, () => void] = [gettext("Drop it"), () => this.takeSaved()];
    const { version } = hands.data();
    if (found.version === version) {
      hands.take(found.list, "");
      return this.offer.ask(gettext("What you had changed here and not saved is back."), drop);
    }
    keep(this.recording, found);
    const sentence = gettext("You had changed something here and not saved it. Version {number} was saved since.", { number: version });
    const mine = () => hands.take(found.list, gettext("Your changes are back. Save them to give them to viewers."));
    this.offer.ask(sentence, [gettext("Bring mine back"), mine], drop);
  }

  /** Somebody else saved first: nothing of either is lost. */
  async conflict(): Promise<boolean> {
    const fresh = await editing(this.recording).catch(() => null);
    if (!fresh) return false;
    this.hands.showVersions(fresh);
    const who = fresh.versions[0]?.made_by || gettext("Somebody");
    const sentence = gettext("{who} saved version {number} while you were at work here.", { who, number: fresh.version });
    const then = (run: () => void) => () => {
      this.hands.adopt(fresh);
      run();
    };
    this.offer.ask(
      sentence,
      [gettext("Save mine as the next version"), then(() => this.hands.save())],
      [gettext("Go on from theirs"), then(() => this.takeSaved())],
    );
    return true;
  }

  private takeSaved(): void {
    this.hands.take(listOf(this.hands.data().versions[0]), gettext("This is what is saved. Undo brings yours back."));
  }
}

const nameOf = (recording: string) => `cathedra.editor.${recording}`;

/** Nothing where there is nothing, or nothing sensible. */
export function kept(recording: string): Kept | null {
  try {
    const found = JSON.parse(localStorage.getItem(nameOf(recording)) ?? "null") as Partial<Kept> | null;
    const { version, list } = found ?? {};
    if (typeof version !== "number" || !list?.cuts?.every(isCut) || !list.looks?.every(isLook)) return null;
    return { version, list };
  } catch {
    return null; // private windows say no
  }
}

function keep(recording: string, what: Kept | null): void {
  try {
    if (what) localStorage.setItem(nameOf(recording), JSON.stringify(what));
    else localStorage.removeItem(nameOf(recording));
  } catch {
    // it is not kept then: leaving the page asks
  }
}

function isCut(one: Partial<Cut>): boolean {
  return Number.isFinite(one.start) && Number.isFinite(one.end);
}

function isLook(one: Partial<Look>): boolean {
  return Number.isFinite(one.start_ms) && typeof one.layout === "string";
}
