// The camera, the microphone and the screen, and one sound mixed of what can be heard of them.

export type Source = "camera" | "microphone" | "screen";

export class Sources {
  private readonly streams = new Map<Source, MediaStream>();
  private sound: AudioContext | null = null;
  private mixed: MediaStreamAudioDestinationNode | null = null;
  private ear: AnalyserNode | null = null;
  private readonly nodes = new Map<Source, MediaStreamAudioSourceNode>();

  /** `changed` is called when one of them comes, goes or is taken away by the browser. */
  constructor(private readonly changed: (source: Source, isOn: boolean) => void) {}

  has(source: Source): boolean {
    return this.streams.has(source);
  }

  get(source: Source): MediaStream | undefined {
    return this.streams.get(source);
  }

  /** Asks for it. Raises what the browser says when the person says no. */
  async turnOn(source: Source, device = ""): Promise<void> {
    const stream = source === "screen" ? await screen() : await ofDevice(source, device);
    this.turnOff(source, false);
    this.streams.set(source, stream);
    for (const track of stream.getTracks()) {
      track.addEventListener("ended", () => this.streams.get(source) === stream && this.turnOff(source));
    }
    if (stream.getAudioTracks().length) await this.listen(source, stream);
    this.changed(source, true);
  }

  turnOff(source: Source, isTold = true): void {
    const stream = this.streams.get(source);
    if (!stream) return;
    this.streams.delete(source);
    for (const track of stream.getTracks()) track.stop();
    this.nodes.get(source)?.disconnect();
    this.nodes.delete(source);
    if (isTold) this.changed(source, false);
  }

  allOff(): void {
    for (const source of [...this.streams.keys()]) this.turnOff(source);
  }

  /** What can be chosen; names are known once the person has said yes. */
  async devices(source: "camera" | "microphone"): Promise<MediaDeviceInfo[]> {
    const kind = source === "camera" ? "videoinput" : "audioinput";
    return (await navigator.mediaDevices.enumerateDevices()).filter((one) => one.kind === kind && one.deviceId);
  }

  /** How loud it is, 0 to 1. */
  level(): number {
    if (!this.ear || !this.nodes.size) return 0;
    const heard = new Float32Array(this.ear.fftSize);
    this.ear.getFloatTimeDomainData(heard);
    const loudest = heard.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
    return Math.min(1, Math.sqrt(loudest));
  }

  /** A stream for each file: the first picture has the sound, a second one stands beside it. */
  streamsFor(files: readonly string[]): MediaStream[] {
    const sound = this.nodes.size ? (this.mixed?.stream.getAudioTracks() ?? []) : [];
    return files.map((file, number) => {
      const pictures = file === "microphone" ? [] : (this.streams.get(file as Source)?.getVideoTracks() ?? []);
      return new MediaStream([...pictures, ...(number === 0 ? sound : [])]);
    });
  }

  private async listen(source: Source, stream: MediaStream): Promise<void> {
    this.sound ??= new AudioContext();
    await this.sound.resume();
    this.mixed ??= this.sound.createMediaStreamDestination();
    if (!this.ear) {
      this.ear = this.sound.createAnalyser();
      this.ear.fftSize = 512;
    }
    const node = this.sound.createMediaStreamSource(new MediaStream(stream.getAudioTracks()));
    node.connect(this.mixed);
    node.connect(this.ear);
    this.nodes.set(source, node);
  }
}

function ofDevice(source: "camera" | "microphone", id: string): Promise<MediaStream> {
  const which = id ? { deviceId: { exact: id } } : {};
  return navigator.mediaDevices.getUserMedia(
    source === "camera"
      ? { video: { ...which, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 25 } } }
      : { audio: { ...which, echoCancellation: true, noiseSuppression: true } },
  );
}

function screen(): Promise<MediaStream> {
  return navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: 15, max: 30 } }, audio: true });
}
