// A list of which one button is reached by Tab; arrows go on from there, Home and End to its ends.

export class Roving {
  private held: HTMLElement | null = null;

  /** `shown`: those that can be reached now. Where the root goes away with its buttons, so does this. */
  constructor(
    root: HTMLElement,
    private readonly shown: () => readonly HTMLElement[],
    private readonly keys: { readonly back: string; readonly on: string },
  ) {
    root.addEventListener("keydown", (event) => this.pressed(event));
    root.addEventListener("focusin", ({ target }) => {
      if (target instanceof HTMLElement && this.shown().includes(target)) this.reach(target);
    });
  }

  /** The one that Tab comes to. */
  reach(button: HTMLElement): void {
    if (this.held) this.held.tabIndex = -1;
    button.tabIndex = 0;
    this.held = button;
  }

  /** Others are shown now: one of them can be reached. */
  keepOne(): void {
    const shown = this.shown();
    const [first] = shown;
    if (first && !(this.held && shown.includes(this.held))) this.reach(first);
  }

  private pressed(event: KeyboardEvent): void {
    const shown = this.shown();
    const place = shown.indexOf(document.activeElement as HTMLElement);
    if (place < 0) return;
    const last = shown.length - 1;
    const steps: Record<string, number> = { [this.keys.back]: place - 1, [this.keys.on]: place + 1, Home: 0, End: last };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation(); // the player has these keys too
    shown[Math.max(0, Math.min(last, to))]?.focus();
  }
}
