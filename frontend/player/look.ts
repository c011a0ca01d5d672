// Which picture is where, how much of each is worth fetching, and the words for it.
import { icon } from "../island/elements";
import { gettext } from "../island/words";
import { DRAWINGS } from "./drawings";
import type { Engine } from "./engine";
import type { Follower } from "./follower";
import { ARRANGEMENTS, type Arrangement, format, type Layout, next, parse, showsBoth, swap } from "./layout";
import type { Choices } from "./menu";
import { recall, remember } from "./preferences";
import type { Speech } from "./speech";
import type { Stage } from "./stage";

export class Look {
  private layout: Layout = parse(recall("layout"));
  private isChosen = false;

  constructor(
    private readonly stage: Stage,
    private readonly speech: Speech,
    private readonly engine: Engine,
    private readonly secondEngine: Engine | null,
    private readonly follower: Follower | null,
  ) {
    this.apply();
    new ResizeObserver(() => this.fit()).observe(stage.controller);
  }

  /** Both pictures are fetched anew: the one that nobody sees is left alone. */
  renew(): void {
    this.apply();
  }

  next(): void {
    if (this.stage.second) this.take(next(this.layout));
  }

  swap(): void {
    if (this.stage.second) this.take(swap(this.layout));
  }

  /** Tells each engine how large its picture is drawn. */
  fit(): void {
    this.engine.fit(this.stage.first.clientHeight);
    this.secondEngine?.fit(this.stage.second?.clientHeight ?? 0);
  }

  choices(): Choices[] {
    const names = words();
    return [
      {
        label: gettext("Layout"),
        name: "layout",
        options: ARRANGEMENTS.map((name) => ({ value: name, label: names[name] })),
        value: this.layout.arrangement,
        choose: (value) => this.take({ ...this.layout, arrangement: value as Arrangement }),
      },
      {
        label: gettext("Large picture"),
        name: "large",
        options: [
          { value: "first", label: gettext("First") },
          { value: "second", label: gettext("Second") },
        ],
        value: this.layout.isSwapped ? "second" : "first",
        choose: (value) => this.take({ ...this.layout, isSwapped: value === "second" }),
      },
    ];
  }

  /** As the recording's owner wants it here; a viewer who has chosen keeps their choice. */
  suggest(layout: Layout): void {
    if (this.isChosen || !this.stage.second || format(layout) === format(this.layout)) return;
    this.layout = layout;
    this.apply();
  }

  private take(layout: Layout): void {
    this.isChosen = true;
    const isSwap = layout.isSwapped !== this.layout.isSwapped;
    this.layout = layout;
    remember("layout", format(layout));
    this.apply();
    this.speech.flash(isSwap ? gettext("Pictures swapped") : words()[layout.arrangement]);
  }

  private apply(): void {
    const { root, second, layout } = this.stage;
    if (!second) return;
    root.dataset.layout = this.layout.arrangement;
    root.dataset.large = this.layout.isSwapped ? "second" : "first";
    layout.replaceChildren(icon(DRAWINGS[this.layout.arrangement]));
    if (showsBoth(this.layout) || this.layout.isSwapped) {
      this.secondEngine?.start(this.stage.first.currentTime || -1);
      this.follower?.start();
    } else {
      this.follower?.stop();
      this.secondEngine?.stop();
      delete root.dataset.driftMs;
    }
    this.fit();
  }
}

function words(): Record<Arrangement, string> {
  return {
    side: gettext("Side by side"),
    inset: gettext("One inside the other"),
    single: gettext("One picture"),
  };
}
