// Puts the player together: two streams, one clock, controls, keyboard, and what is said about it all.
import { clockTime } from "../island/time";
import { gettext } from "../island/words";
import { Captions } from "./captions";
import { type Hands, run } from "./commands";
import type { PlayerData, StreamData } from "./data";
import { Edition, isOfAnother } from "./edition";
import { Engine } from "./engine";
import { Follower } from "./follower";
import { Hearing } from "./hearing";
import { Heart } from "./heart";
import { helpDialog } from "./help";
import { listenToKeys } from "./keyboard";
import type { Command } from "./keys";
import { wantedAt } from "./layout";
import { Look } from "./look";
import { type Choices, levels, Menu, speeds } from "./menu";
import { Places } from "./places";
import { resumeAt } from "./position";
import { recall, remember } from "./preferences";
import { choices } from "./quality";
import { reasonOf } from "./refusal";
import { offerLink } from "./share";
import { Speech } from "./speech";
import { build, renewStoryboard, type Stage } from "./stage";
import { Vigil } from "./vigil";

const NO_PICTURE = "AUDIO";
export class Watch {
  private readonly stage: Stage;
  private readonly speech: Speech;
  private readonly engine: Engine;
  private readonly secondEngine: Engine | null = null;
  private readonly follower: Follower | null = null;
  private readonly look: Look;
  private readonly captions: Captions;
  private readonly menu: Menu;
  private readonly help: HTMLDialogElement;
  private readonly hearing: Hearing;
  private readonly heart: Heart;
  private readonly edition: Edition;
  private readonly places: Places;
  private looks: PlayerData["looks"];
  private hideNetwork: (() => void) | null = null;

  constructor(
    place: HTMLElement,
    private readonly recording: string,
    data: PlayerData,
    startAt: number | null,
  ) {
    this.looks = data.looks;
    const sorted = [...data.streams].sort((a, b) => Number(a.role === "SECONDARY") - Number(b.role === "SECONDARY"));
    const [main, other] = sorted as [StreamData, StreamData | undefined];
    this.stage = build(place, data, main.role !== NO_PICTURE, Boolean(other));
    this.speech = new Speech(this.stage);
    const resume = startAt ?? resumeAt(data.position_ms, data.duration_ms ?? 0) / 1000;
    const height = Number(recall("height") ?? 0);
    this.engine = new Engine(this.stage.first, main.playlist_url, this.ears(), resume, height);
    if (other && this.stage.second) {
      const { first, second } = this.stage;
      this.secondEngine = new Engine(second, other.playlist_url, this.quietEars(), resume, 0);
      this.follower = new Follower(first, second, (drift) => this.drifted(drift));
    }
    this.look = new Look(this.stage, this.speech, this.engine, this.secondEngine, this.follower);
    this.places = new Places(place, this.stage.first, this.speech);
    this.hearing = new Hearing(this.engine, this.stage.root, this.speech);
    this.captions = new Captions(this.stage, this.speech, recording, () => this.menu.refresh());
    this.menu = new Menu(this.stage.settings, this.stage.controller, () => this.settings());
    this.help = helpDialog(this.stage.controller, Boolean(other));
    const { first, root } = this.stage;
    const isOver = () => Boolean(root.dataset.wall);
    this.heart = new Heart(first, recording, data.version, isOver);
    this.edition = new Edition(recording, data.version, this.stage, this.speech, this.deeds());
    new Vigil(this.engine, isOver, this.ears().refused);
    this.connect();
    this.setSpeed(Number(recall("speed")) || 1, true);
    offerLink(document.getElementById("copy-at"), first, this.speech);
    if (resume > 0 && startAt === null) this.sayResumed(resume);
  }

  private connect(): void {
    const { first, begin, layout, swap, inset, help } = this.stage;
    const hands = this.hands();
    const act = (command: Command) => run(command, hands);
    listenToKeys(this.stage.root, (command) => this.stage.root.dataset.wall || act(command));
    begin.addEventListener("click", () => act({ do: "toggle" }));
    layout.addEventListener("click", () => this.look.next());
    for (const control of [swap, inset]) control.addEventListener("click", () => this.look.swap());
    help.addEventListener("click", () => act({ do: "help" }));
    for (const turn of ["play", "playing", "pause", "waiting", "ended", "canplay", "seeking"] as const)
      first.addEventListener(turn, () => this.turned(turn));
    for (const turn of ["timeupdate", "seeked"] as const) first.addEventListener(turn, () => this.follow());
    first.addEventListener("resize", () => this.menu.rename("quality", "-1", this.automatic()));
    first.addEventListener("ratechange", () => (this.stage.root.dataset.speed = String(first.playbackRate)));
    window.addEventListener("pagehide", () => {
      if (this.engine.bandwidth) remember("bandwidth", String(this.engine.bandwidth));
    });
    window.addEventListener("online", () => this.reconnect());
    window.addEventListener("offline", () => this.lost(0));
  }

  private follow(): void {
    const wanted = wantedAt(this.looks, this.stage.first.currentTime * 1000);
    if (wanted) this.look.suggest(wanted);
  }

  private hands(): Hands {
    return {
      video: this.stage.first,
      controller: this.stage.controller,
      speech: this.speech,
      setSpeed: (speed) => this.setSpeed(speed),
      nextLayout: () => this.look.next(),
      swap: () => this.look.swap(),
      captions: () => void this.captions.toggle(),
      describe: () => this.hearing.toggle(),
      goTo: (what, by) => this.places.go(what, by),
      help: () => (this.help.open ? this.help.close() : this.help.showModal()),
      close: () => this.menu.close(true),
    };
  }

  private turned(turn: string): void {
    const { root, first } = this.stage;
    if (root.dataset.wall) return;
    const wasPlaying = root.dataset.state === "playing";
    const states: Record<string, string> = {
      play: "playing",
      canplay: first.paused ? "paused" : "playing",
      seeking: root.dataset.state ?? "",
    };
    root.dataset.state = states[turn] ?? (turn === "pause" ? "paused" : turn);
    if (turn === "play") {
      root.dataset.begun = "";
      [this.engine, this.secondEngine].forEach((engine) => engine?.hurry());
      this.speech.say(gettext("Playing"));
    }
    if (turn === "pause" && wasPlaying)
      this.speech.say(gettext("Paused at {time}", { time: clockTime(first.currentTime) }));
    if (turn === "ended") this.speech.say(gettext("The end"));
  }

  private setSpeed(speed: number, isQuiet = false): void {
    const { first } = this.stage;
    first.defaultPlaybackRate = first.playbackRate = Math.max(0.25, Math.min(3, speed));
    first.preservesPitch = true;
    remember("speed", String(first.playbackRate));
    if (!isQuiet) this.speech.flash(gettext("Speed {speed}", { speed: `${first.playbackRate}×` }));
  }

  private settings(): Choices[] {
    const { first } = this.stage;
    const list: Choices[] = [
      {
        label: gettext("Speed"),
        name: "speed",
        options: speeds(first.playbackRate),
        value: String(first.playbackRate),
        choose: (value) => this.setSpeed(Number(value)),
      },
    ];
    const ladder = this.engine.levels;
    if (ladder.length > 1) list.push(this.qualities());
    list.push(...this.hearing.choices(), ...this.captions.choices());
    return this.stage.second ? [...list, ...this.look.choices()] : list;
  }

  private qualities(): Choices {
    const ladder = this.engine.levels;
    const wanted = ladder.findIndex((level) => level.height === Number(recall("height") ?? 0));
    return {
      label: gettext("Quality"),
      name: "quality",
      options: levels(choices(ladder, this.automatic())),
      value: String(wanted),
      choose: (value) => {
        this.engine.chooseLevel(Number(value));
        remember("height", String(ladder[Number(value)]?.height ?? 0));
      },
    };
  }

  private automatic(): string {
    return gettext("Automatic ({height}p)", { height: this.engine.playingHeight });
  }

  private drifted(seconds: number): void {
    this.stage.root.dataset.driftMs = String(Math.round(seconds * 1000));
  }

  private sayResumed(seconds: number): void {
    const sentence = gettext("Resumed at {time}.", { time: clockTime(seconds) });
    const startAgain = () => {
      this.stage.first.currentTime = 0;
      this.stage.first.focus();
    };
    const remove = this.speech.notice("resumed", sentence, { label: gettext("Start again"), run: startAgain });
    this.stage.first.addEventListener("playing", () => setTimeout(remove, 8000), { once: true });
  }

  private ears() {
    return {
      refused: (status: number, code: string) => void this.refused(status, code),
      lost: (status: number) => this.lost(status),
      back: () => this.back(),
      broken: () => this.broken(),
      levels: () => this.look?.fit(),
      sounds: () => this.hearing?.changed(),
    };
  }

  /** The second picture may fail without stopping the lecture; a refusal is heard from the first as well. */
  private quietEars() {
    return { ...this.ears(), lost: () => undefined, back: () => undefined, broken: () => undefined };
  }

  private reconnect(): void {
    for (const engine of [this.engine, this.secondEngine]) engine?.retry();
    if (!this.engine.isAway) this.back();
  }

  private lost(status: number): void {
    if (this.hideNetwork) return;
    this.stage.root.dataset.network = "lost";
    const network = gettext("The network is away. What is loaded goes on playing; the rest follows when it is back.");
    const server = gettext(
      "The server does not answer. What is loaded goes on playing; the rest follows when it does.",
    );
    const sentence = status === 0 ? network : server;
    this.hideNetwork = this.speech.notice("network", sentence);
  }

  private back(): void {
    if (!this.hideNetwork) return;
    this.hideNetwork();
    this.hideNetwork = null;
    delete this.stage.root.dataset.network;
    this.speech.say(gettext("It goes on."));
  }

  private deeds() {
    const { first } = this.stage;
    return {
      leave: (version: number) => {
        this.follower?.stop();
        this.heart.turn(version);
      },
      go: (data: PlayerData, seconds: number) => {
        this.looks = data.looks;
        for (const engine of [this.engine, this.secondEngine]) engine?.again(seconds);
        this.look.renew();
        this.captions.renew();
        renewStoryboard(first, data.storyboard_url);
        document.querySelector("[data-spoken]")?.replaceChildren(data.spoken); // beside the title
        first.dispatchEvent(new CustomEvent("edited", { bubbles: true, detail: data.version })); // for the panel
      },
    };
  }

  private async refused(status: number, code: string): Promise<void> {
    if (this.stage.root.dataset.wall) return;
    if (!isOfAnother(status, code)) return this.end(status, code);
    const why = await this.edition.renew();
    if (why) await this.end(why.status, why.code);
  }

  private async end(status: number, code: string): Promise<void> {
    if (this.stage.root.dataset.wall) return;
    this.stage.root.dataset.wall = "refused";
    this.follower?.stop();
    this.secondEngine?.forget();
    this.engine.forget();
    const reason = await reasonOf(this.recording, status, code);
    this.stage.root.dataset.state = "refused";
    this.stage.root.dataset.code = reason.code;
    const again = status === 404 ? gettext("Load it again") : gettext("Try again");
    const label = reason.code === "EULA_REQUIRED" ? gettext("Read the terms") : again;
    this.speech.wall("refused", reason.message, "", { label, run: () => location.reload() }); // the page leads to them
  }

  private broken(): void {
    this.stage.root.dataset.state = "broken";
    const sentence = gettext("This recording cannot be played here just now.");
    const detail = gettext(
      "Try again. If it happens again, another browser may do better; please tell us which one failed.",
    );
    this.speech.wall("broken", sentence, detail, { label: gettext("Try again"), run: () => location.reload() });
  }
}
