// Which sound is heard, for whoever watches: the choice in the settings, the key d, and what is remembered of it (R212).
import { gettext } from "../island/words";
import type { Engine } from "./engine";
import type { Choices } from "./menu";
import { remember } from "./preferences";
import { labelsOf, otherSound } from "./sounds";
import type { Speech } from "./speech";

export class Hearing {
  constructor(
    private readonly engine: Engine,
    private readonly root: HTMLElement,
    private readonly speech: Speech,
  ) {}

  /** Nothing where there is nothing to choose from. */
  choices(): Choices[] {
    const { sounds, sound } = this.engine;
    if (sounds.length < 2) return [];
    return [
      {
        label: gettext("Sound"),
        name: "sound",
        options: labelsOf(sounds).map((label, index) => ({ value: String(index), label })),
        value: String(sound),
        choose: (value) => this.choose(Number(value)),
      },
    ];
  }

  /** The key d. */
  toggle(): void {
    const { sounds, sound } = this.engine;
    const other = otherSound(sounds, sound);
    if (other >= 0) return this.choose(other);
    const isAlone = sounds.some((one) => one.isDescription);
    this.speech.flash(
      isAlone ? gettext("The audio description is all there is to hear") : gettext("This recording has no audio description"),
    );
  }

  /** The engine goes over to another sound, or there are others. */
  changed(): void {
    const { sounds, sound } = this.engine;
    this.root.toggleAttribute("data-described", Boolean(sounds[sound]?.isDescription));
  }

  /** Whether somebody likes descriptions is kept where there is one. */
  private choose(index: number): void {
    const { sounds } = this.engine;
    this.engine.chooseSound(index);
    if (!sounds.some((sound) => sound.isDescription)) return;
    const isOn = Boolean(sounds[index]?.isDescription);
    remember("description", isOn ? "on" : "off");
    this.speech.flash(isOn ? gettext("Audio description on") : gettext("Audio description off"));
  }
}
