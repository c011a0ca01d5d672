// The panel beside the player: a search box, tabs, and what each of them shows.
import { el } from "../island/elements";
import { gettext } from "../island/words";
import { type Content, content } from "./data";
import { indexAt, tabWith, wanted } from "./find";
import { Making } from "./making";
import { Notes } from "./notes";
import type { Player } from "./player";
import { found, marked, Rows } from "./rows";

interface Tab {
  readonly name: string;
  readonly word: string;
  readonly body: HTMLElement;
  readonly rows: Rows | null;
  readonly button: HTMLButtonElement;
  readonly tally: HTMLElement;
  count(): number;
  filter(words: readonly string[]): void;
}

export class Panel {
  private readonly voice = el("p", { class: "sr-only", role: "status" });
  private readonly search = el("input", { class: "input", type: "search", id: "side-search", autocomplete: "off" });
  private readonly bar = el("div", { class: "side-tabs", role: "tablist" });
  private readonly bodies = el("div", { class: "side-bodies" });
  private tabs: Tab[] = [];
  private notes: Notes | null = null;
  private readonly making = new Making(
    () => this.said,
    async () => (document.hidden ? null : content(this.recording, this.said.language)),
    (said) => this.take(said),
  );

  constructor(
    private readonly root: HTMLElement,
    private readonly player: Player,
    private said: Content,
    private readonly recording: string,
    /** It has this to show now. */
    private readonly shows: (content: Content) => void,
  ) {
    this.bar.setAttribute("aria-label", gettext("Beside the recording"));
    this.search.placeholder = gettext("Search in this recording");
    this.search.addEventListener("input", () => this.find());
    const label = el("label", { class: "sr-only", htmlFor: "side-search" }, gettext("Search in this recording"));
    root.replaceChildren(
      el("div", { class: "side-inner" }, el("div", { class: "side-head" }, label, this.search), this.bar, this.bodies, this.voice),
    );
    this.build("");
    player.onMove((ms) => this.tabs.forEach((tab) => tab.rows?.at(ms)));
    this.making.wait();
  }

  /** Sets a bookmark where the player is; says so when nobody may. */
  bookmark(): void {
    if (this.notes) void this.notes.bookmark();
    else this.say(gettext("Sign in to set bookmarks."));
  }

  /** The recording was edited: what is said and shown lies elsewhere, or is not there any more. */
  async renew(version: number): Promise<void> {
    this.said = await content(this.recording, this.said.language);
    for (const each of this.said.slides) each.image_url += `?version=${version}`; // a page shows what it has seen
    this.build(this.tabs.find((tab) => !tab.body.hidden)?.name ?? "");
    this.notes?.renew(this.said);
    this.making.wait();
  }

  /** What was made in the meantime; whoever is writing here goes on writing. */
  private take(said: Content): void {
    const [held, open] = [document.activeElement, this.tabs.find((tab) => !tab.body.hidden)];
    const isEmpty = open?.count() === 0 && !open.body.contains(held);
    this.said = said;
    this.build(isEmpty && !this.search.value ? "" : (open?.name ?? ""));
    const again = this.tabs.find((tab) => tab.button.id === held?.id)?.button ?? held;
    if (again instanceof HTMLElement && this.root.contains(again)) again.focus({ preventScroll: true });
    this.say(gettext("What was being made of this recording is here now."), true);
  }

  private build(open: string): void {
    this.tabs = [this.transcript(), this.chapters(), this.slides(), this.written()];
    this.bar.replaceChildren(...this.tabs.map((tab) => tab.button));
    this.bodies.replaceChildren(...this.tabs.map((tab) => tab.body));
    const full = this.tabs.find((tab) => tab.count() > 0) ?? this.tabs[0];
    this.choose(this.tabs.find((tab) => tab.name === open) ?? full);
    this.find();
    this.tabs.forEach((tab) => tab.rows?.at(this.player.now()));
    this.shows(this.said);
  }

  private transcript(): Tab {
    const { cues, captions, language, speech } = this.said;
    const rows = new Rows(
      cues.map((cue) => ({ startMs: cue.start_ms, text: cue.text, fill: (words, more) => marked(cue.text, words, more) })),
      (ms) => this.player.seek(ms),
      "",
      language,
      true,
    );
    const chosen = captions.find((each) => each.language === language);
    const body = el("div", {});
    if (cues.length === 0) body.append(this.nothing(speech, gettext("This recording has no transcript yet.")));
    else body.append(rows.root, this.transcriptFoot(rows, chosen?.is_automatic ?? false));
    return this.tab("transcript", gettext("Transcript"), body, rows);
  }

  private transcriptFoot(rows: Rows, isAutomatic: boolean): HTMLElement {
    const foot = el("div", { class: "side-foot" });
    if (isAutomatic)
      foot.append(el("p", { class: "side-about" }, gettext("Made automatically: it can contain mistakes.")));
    if (this.said.captions.length > 1) foot.append(this.languages());
    const follow = el("input", { type: "checkbox", checked: true });
    follow.addEventListener("change", () => {
      rows.isFollowing = follow.checked;
      rows.show();
    });
    const stop = () => {
      rows.isFollowing = follow.checked = false;
    };
    rows.root.addEventListener("wheel", stop, { passive: true });
    rows.root.addEventListener("touchmove", stop, { passive: true });
    const copy = el("button", { class: "btn btn-quiet btn-small", type: "button" }, gettext("Copy text"));
    copy.addEventListener("click", () => void this.copy(rows.text));
    const address = this.root.dataset.transcript ?? "";
    const page = el("a", { class: "btn btn-quiet btn-small", href: address }, gettext("As a page"));
    foot.append(el("label", { class: "check" }, follow, gettext("Follow")), copy, page);
    return foot;
  }

  private languages(): HTMLElement {
    const choice = el("select", { class: "input side-language", "aria-label": gettext("Language") });
    for (const each of this.said.captions) {
      const option = el("option", { value: each.language, selected: each.language === this.said.language }, each.label);
      option.lang = each.language;
      choice.append(option);
    }
    choice.addEventListener("change", () => void this.speak(choice.value));
    return choice;
  }

  private async speak(language: string): Promise<void> {
    this.said = await content(this.recording, language);
    this.build("transcript");
    this.bodies.querySelector<HTMLElement>(".side-language")?.focus();
  }

  private async copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = el("textarea", { value: text });
      this.root.append(area);
      area.select();
      document.execCommand("copy"); // pages without TLS have no clipboard
      area.remove();
    }
    this.say(gettext("Copied"), true);
  }

  private chapters(): Tab {
    const rows = new Rows(
      this.said.chapters.map((each) => ({
        startMs: each.start_ms,
        text: each.title,
        fill: (words) => marked(each.title, words),
      })),
      (ms) => this.player.seek(ms),
    );
    const body = el("div", {});
    if (this.said.chapters.length > 0) body.append(rows.root);
    else body.append(this.nothing(this.said.slides_state, gettext("This recording has no chapters yet.")));
    return this.tab("chapters", gettext("Chapters"), body, rows);
  }

  private slides(): Tab {
    const rows = new Rows(
      this.said.slides.map((each, place) => {
        const title = each.title || gettext("Slide {number}", { number: place + 1 });
        const image = el("img", { class: "side-slide", src: each.image_url, alt: "", loading: "lazy", decoding: "async" });
        return {
          startMs: each.start_ms,
          text: `${title} ${each.text}`,
          fill: (words: readonly string[]) => [image, el("span", {}, ...marked(title, words)), ...this.inText(each.text, words)],
        };
      }),
      (ms) => this.player.seek(ms),
      "is-slides",
    );
    const body = el("div", {});
    if (this.said.slides.length > 0) body.append(rows.root);
    else body.append(this.nothing(this.said.slides_state, gettext("This recording has no slides yet.")));
    return this.tab("slides", gettext("Slides"), body, rows);
  }

  /** The line of a slide's text that holds what is looked for. */
  private inText(text: string, words: readonly string[]): Node[] {
    if (words.length === 0) return [];
    const lines = text.split("\n").filter((line) => marked(line, words).length > 1);
    return lines.slice(0, 2).map((line) => el("span", { class: "side-about" }, ...marked(line, words)));
  }

  private written(): Tab {
    const { said, root } = this;
    if (!said.may_keep_notes) {
      const sentence = gettext("Sign in to write notes and to set bookmarks.");
      return this.tab("notes", gettext("Notes"), el("div", {}, el("p", { class: "side-none" }, sentence)), null);
    }
    this.notes ??= new Notes( // what is being written outlives a change of language
      this.player,
      {
        recording: this.recording,
        mayMakePublic: said.may_make_public,
        mayModerate: said.may_moderate,
        exportAddress: root.dataset.export ?? "",
        say: (sentence) => this.say(sentence, true),
        titleAt: (ms) => this.titleAt(ms),
      },
      said,
    );
    return this.tab("notes", gettext("Notes"), this.notes.root, null, this.notes);
  }

  private titleAt(ms: number): string {
    const { slides, chapters } = this.said;
    const slide = slides[indexAt(slides.map((each) => each.start_ms), ms)];
    const chapter = chapters[indexAt(chapters.map((each) => each.start_ms), ms)];
    return (slide && ms < slide.end_ms && slide.title) || chapter?.title || "";
  }

  private nothing(state: string, sentence: string): HTMLElement {
    const told: Record<string, string> = {
      WAITING: gettext("It is being made, and appears here when it is done."),
      RUNNING: gettext("It is being made, and appears here when it is done."),
    };
    return el("p", { class: "side-none" }, sentence, " ", told[state] ?? "");
  }

  private tab(name: string, word: string, inside: HTMLElement, rows: Rows | null, notes: Notes | null = null): Tab {
    const id = `side-${name}`;
    const tally = el("span", { class: "side-tally", hidden: true });
    const button = el("button", { type: "button", class: "side-tab", role: "tab", id: `${id}-tab`, tabIndex: -1 }, word, tally);
    button.setAttribute("aria-controls", id);
    const body = el("div", { class: "side-body", role: "tabpanel", id, hidden: true, "aria-labelledby": `${id}-tab` }, ...(notes ? [inside] : inside.childNodes));
    const made: Tab = {
      name,
      word,
      body,
      rows,
      button,
      tally,
      count: () => (rows ? rows.shown : (notes?.shown ?? 0)),
      filter: (words) => (rows ? rows.filter(words) : notes?.filter(words)),
    };
    button.addEventListener("click", () => this.choose(made));
    button.addEventListener("keydown", (event) => this.turn(event, made));
    return made;
  }

  private turn(event: KeyboardEvent, tab: Tab): void {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
    const place = this.tabs.indexOf(tab);
    const ends: Record<string, number> = { Home: 0, End: this.tabs.length - 1 };
    const step = steps[event.key];
    const to = step === undefined ? ends[event.key] : (place + step + this.tabs.length) % this.tabs.length;
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation(); // the player has these keys too
    this.choose(this.tabs[to]);
    this.tabs[to]?.button.focus();
  }

  private choose(tab: Tab | undefined): void {
    for (const each of this.tabs) {
      const isOpen = each === tab;
      each.button.setAttribute("aria-selected", String(isOpen));
      each.button.tabIndex = isOpen ? 0 : -1;
      each.body.hidden = !isOpen;
    }
    tab?.rows?.show();
  }

  private find(): void {
    const words = wanted(this.search.value);
    for (const tab of this.tabs) {
      tab.filter(words);
      tab.tally.hidden = words.length === 0;
      tab.tally.textContent = String(tab.count());
    }
    const counts = this.tabs.map((tab) => tab.count());
    const open = this.tabs.findIndex((tab) => !tab.body.hidden);
    const better = tabWith(counts, open);
    if (words.length > 0 && better !== open) this.choose(this.tabs[better]);
    const count = counts.reduce((sum, each) => sum + each, 0);
    this.voice.textContent = words.length > 0 ? found(count) : "";
  }

  private say(sentence: string, isShown = false): void {
    this.voice.textContent = sentence;
    if (!isShown) return;
    const toast = el("p", { class: "side-toast", "aria-hidden": "true" }, sentence);
    this.root.querySelector(".side-toast")?.remove();
    this.root.append(toast);
    setTimeout(() => toast.remove(), 2500);
  }
}
