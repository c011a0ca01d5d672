// Fetches one stream into one <video>: hls.js, or the browser's own HLS where there are no media source extensions.
import Hls, { type ErrorData, type Fragment, type HlsConfig } from "hls.js";
import { recall } from "./preferences";
import { capFor, type Level, levelFor } from "./quality";
import { heardFirst, ownSoundOf, ownTracks, type Sound, soundOf } from "./sounds";

const BEFORE_PLAY_S = 12;
const WHILE_PLAYING_S = 60;
const FIRST_GUESS_BPS = 6_000_000;
const TRY_AGAIN_MS = 3000;
const NUDGE_MS = 500;
const GONE: string[] = [Hls.ErrorDetails.FRAG_LOAD_ERROR, Hls.ErrorDetails.AUDIO_TRACK_LOAD_ERROR];
const INSIDE_S = 0.03; // at a cut, sound goes on up to a packet after the picture, and hls.js waits for ever in between

/** What the engine says about its network: a refusal with its code, loss and return, or an end. */
export interface Ears {
  refused(status: number, code: string): void;
  /** `status` 0: nobody answered. */
  lost(status: number): void;
  back(): void;
  broken(): void;
  levels(): void;
  /** Another sound is heard, or there are others. Without it: an editor's, where the recording's own is heard. */
  sounds?(): void;
}

export class Engine {
  /** When somebody was last asked for a segment, and for which. */
  askedAt = 0;
  address = "";
  private hls: Hls | null;
  private isStopped = false;
  private isHurrying = false;
  private wantedSound = -1;
  private isLost = false;
  private recoveries = 0;
  private timer = 0;
  private readonly fetching = new Set<string>();

  constructor(
    readonly video: HTMLVideoElement,
    private readonly playlist: string,
    private readonly ears: Ears,
    startAt: number,
    private wantedHeight: number,
  ) {
    this.hls = this.open(startAt, Number(recall("bandwidth")));
    video.addEventListener("error", () => (this.hls ? this.failed() : this.failedNatively()));
  }

  private open(startAt: number, bandwidth: number): Hls | null {
    if (!Hls.isSupported()) {
      this.playNatively(startAt);
      return null;
    }
    const hls = new Hls(settings(startAt, bandwidth, this.isHurrying ? WHILE_PLAYING_S : BEFORE_PLAY_S));
    this.listen(hls);
    return hls;
  }

  /** Lets go of everything and fetches it from this place on: it was edited. */
  again(startAt: number): void {
    clearTimeout(this.timer);
    const bandwidth = this.bandwidth;
    this.hls?.destroy();
    this.returned();
    this.isStopped = false;
    this.recoveries = 0;
    this.address = "";
    this.fetching.clear();
    this.hls = this.open(startAt, bandwidth);
  }

  /** Rising by height. Empty until the playlist is read, and where the browser plays HLS itself. */
  get levels(): Level[] {
    return (this.hls?.levels ?? []).map((level) => ({ height: level.height, bitrate: level.bitrate }));
  }

  /** Height of the picture that is shown now, not of what is being fetched; 0 before the first one. */
  get playingHeight(): number {
    return this.video.videoHeight;
  }

  /** Bits a second that this network gave so far, 0 when unknown. */
  get bandwidth(): number {
    return this.hls && this.hls.levels.length > 0 ? Math.round(this.hls.bandwidthEstimate) : 0;
  }

  get sounds(): Sound[] {
    return this.hls ? this.hls.audioTracks.map(soundOf) : ownTracks(this.video).map(ownSoundOf);
  }

  /** The one that is heard, of `sounds`. */
  get sound(): number {
    if (this.hls) return Math.max(0, this.hls.audioTrack);
    return Math.max(0, ownTracks(this.video).findIndex((track) => track.enabled));
  }

  /** Something that was asked for has not come. */
  get isAway(): boolean {
    return this.isLost;
  }

  /** From where it is on; the picture goes on. */
  chooseSound(index: number): void {
    this.wantedSound = index;
    this.hear(index);
  }

  private hear(index: number): void {
    if (index < 0) return;
    if (this.hls) this.hls.audioTrack = index;
    else for (const [at, track] of ownTracks(this.video).entries()) track.enabled = at === index;
    this.ears.sounds?.();
  }

  /** As somebody chose here, or likes it. */
  private hearFirst(): void {
    const likesDescription = Boolean(this.ears.sounds) && recall("description") === "on";
    this.hear(heardFirst(this.sounds, this.wantedSound, likesDescription));
  }

  /** A level of the ladder, or -1: by the network and the size of the picture. */
  chooseLevel(index: number): void {
    this.wantedHeight = this.levels[index]?.height ?? 0;
    if (this.hls) this.hls.nextLevel = index;
  }

  /** Never fetch more than a picture of this height can show; 0 is a picture nobody sees. */
  fit(drawnHeight: number): void {
    if (!this.hls) return;
    this.hls.autoLevelCapping = drawnHeight > 0 ? capFor(this.levels, drawnHeight, window.devicePixelRatio) : 0;
  }

  /** Playing has begun: keep a minute ahead, so that a tunnel is not noticed. */
  hurry(): void {
    this.isHurrying = true;
    if (this.hls) this.hls.config.maxBufferLength = WHILE_PLAYING_S;
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
    this.hls?.stopLoad();
  }

  /** Goes on after `stop`. */
  start(at: number): void {
    if (!this.isStopped) return;
    this.isStopped = false;
    if (!this.hls) return;
    this.hls.config.startPosition = at;
    if (this.hls.levels.length > 0) this.hls.startLoad(at);
    else this.hls.loadSource(this.playlist); // it was stopped before its playlist had come
  }

  /** Lets go of everything that was fetched. */
  forget(): void {
    this.stop();
    this.hls?.destroy();
    this.video.removeAttribute("src");
    this.video.load();
  }

  private playNatively(startAt: number): void {
    this.video.src = this.playlist;
    const begin = () => {
      this.video.currentTime = startAt;
      this.hearFirst();
    };
    this.video.addEventListener("loadedmetadata", begin, { once: true });
  }

  /** The browser does not say what it was refused. */
  private failedNatively(): void {
    if (this.video.error?.code === MediaError.MEDIA_ERR_DECODE) this.ears.broken();
    else this.refuse(404, "");
  }

  private listen(hls: Hls): void {
    hls.on(Hls.Events.MANIFEST_PARSED, () => {
      const level = levelFor(this.levels, this.wantedHeight);
      if (level >= 0) hls.startLevel = hls.nextLevel = level;
      this.ears.levels();
    });
    hls.on(Hls.Events.AUDIO_TRACKS_UPDATED, () => {
      this.hearFirst();
      this.ears.levels();
    });
    hls.on(Hls.Events.AUDIO_TRACK_SWITCHED, () => this.ears.sounds?.());
    hls.on(Hls.Events.FRAG_LOADING, (_, { frag }) => {
      if (frag.sn !== "initSegment") this.fetching.add(nameOf(frag)); // nobody is told when one of those has come
    });
    hls.on(Hls.Events.FRAG_LOADED, (_, { frag }) => {
      this.fetching.delete(nameOf(frag));
      this.askedAt = performance.now();
      this.address = frag.url;
    });
    hls.on(Hls.Events.FRAG_BUFFERED, () => this.returned());
    hls.on(Hls.Events.LEVEL_LOADED, () => this.returned());
    hls.on(Hls.Events.ERROR, (_, error) => this.heard(error));
    hls.loadSource(this.playlist);
    hls.attachMedia(this.video);
  }

  private heard(error: ErrorData): void {
    if (error.frag) this.fetching.delete(nameOf(error.frag));
    if (error.details === Hls.ErrorDetails.INTERNAL_ABORTED) {
      window.setTimeout(() => this.nudge(), NUDGE_MS);
    } else if (error.type === Hls.ErrorTypes.NETWORK_ERROR) {
      const status = error.response?.code ?? 0;
      const code = codeOf(error);
      const isGone = status === 404 && GONE.includes(error.details); // another version, or another sound, is there now
      if (code || status === 401 || status === 403 || isGone) this.refuse(status, code);
      else this.missed(status, error);
    } else if (error.fatal) this.recover(error);
  }

  /** What it gave up may take with it what it wanted instead, as where the sound of a place begins a little behind the
   * place: then nothing is asked for any more, and nothing is there to be played. */
  private nudge(): void {
    const { readyState, currentTime } = this.video;
    const isFilled = this.fetching.size > 0 || readyState > HTMLMediaElement.HAVE_CURRENT_DATA;
    if (isFilled || this.isStopped || this.isLost || !this.hls) return;
    this.hls.stopLoad();
    this.hls.startLoad(readyState === HTMLMediaElement.HAVE_NOTHING ? this.hls.config.startPosition : currentTime);
  }

  private refuse(status: number, code: string): void {
    if (this.isStopped) return;
    this.stop();
    this.ears.refused(status, code);
  }

  private missed(status: number, error: ErrorData): void {
    if (this.isStopped) return;
    if (!this.isLost) {
      this.isLost = true;
      this.ears.lost(status);
    }
    if (!error.fatal) return;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.retry(), TRY_AGAIN_MS);
  }

  /** Asks again at once, as when the browser says that the network is there. */
  retry(): void {
    if (this.isStopped || !this.isLost || !this.hls) return;
    if (this.hls.levels.length === 0) this.hls.loadSource(this.playlist);
    else this.hls.startLoad(this.video.currentTime);
  }

  private returned(): void {
    clearTimeout(this.timer);
    if (!this.isLost) return;
    this.isLost = false;
    this.ears.back();
  }

  /** The browser gave up on what it was given, which hls.js does not hear of. */
  private failed(): void {
    const wasPlaying = !this.video.paused;
    this.recoveries += 1;
    if (this.recoveries > 3) return this.ears.broken();
    this.hls?.recoverMediaError();
    if (wasPlaying) this.video.play().catch(() => undefined);
  }

  private recover(error: ErrorData): void {
    this.recoveries += 1;
    if (error.type !== Hls.ErrorTypes.MEDIA_ERROR || this.recoveries > 3) return this.ears.broken();
    if (this.recoveries === 2) this.hls?.swapAudioCodec();
    this.hls?.recoverMediaError();
  }
}

function nameOf(frag: Pick<Fragment, "type" | "sn">): string {
  return `${frag.type} ${frag.sn}`;
}

/** The reason of a refusal, which comes in a header beside its status; empty when it was no refusal. */
function codeOf(error: ErrorData): string {
  const answer = error.networkDetails;
  if (!(answer instanceof XMLHttpRequest) || answer.status < 400) return "";
  return answer.getResponseHeader("Cathedra-Code") ?? "";
}

function settings(startAt: number, bandwidth: number, ahead: number): Partial<HlsConfig> {
  return {
    enableWorker: false, // segments are already fragmented MP4: there is nothing to repack
    startPosition: startAt > 0 ? startAt + INSIDE_S : -1,
    startLevel: -1,
    testBandwidth: false,
    startFragPrefetch: true,
    abrEwmaDefaultEstimate: bandwidth || FIRST_GUESS_BPS,
    maxBufferLength: ahead,
    backBufferLength: 60,
    maxFragLookUpTolerance: 0.1,
  };
}
