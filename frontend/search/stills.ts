// What the picture was at each place that was found: from the small pictures on the recording's sheets, which are asked for
// as any of its media is. Until it is drawn, and where there are no sheets, the picture that stands for the recording stays.
import { nearestTile, parseTiles, type Tile } from "../island/tiles";

/** A place that wants its picture, and how far off it is still worth fetching. */
const WANTED = "[data-still]";
const NEAR = "300px";

export function start(page: Document): void {
  if (isSaving()) return;
  const stills = new Stills();
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      void stills.draw(target as HTMLElement).catch(() => undefined); // refused or away: the poster stays
    }
  }, { rootMargin: NEAR });
  for (const place of page.querySelectorAll(WANTED)) seen.observe(place);
}

/** Whoever pays by the byte is not sent whole sheets for small pictures. */
function isSaving(): boolean {
  return (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
}

class Stills {
  private readonly boards = new Map<string, Promise<readonly Tile[]>>();
  private readonly sheets = new Map<string, Promise<HTMLImageElement>>();

  async draw(place: HTMLElement): Promise<void> {
    const folder = place.dataset.still ?? "";
    const tile = nearestTile(await once(this.boards, folder, tilesOf), Number(place.dataset.at));
    if (!tile) return;
    place.append(cut(await once(this.sheets, folder + tile.sheet, imageOf), tile));
  }
}

function once<T>(known: Map<string, Promise<T>>, name: string, make: (name: string) => Promise<T>): Promise<T> {
  const made = known.get(name) ?? make(name);
  known.set(name, made);
  return made;
}

async function tilesOf(folder: string): Promise<readonly Tile[]> {
  const answer = await fetch(`${folder}storyboard.vtt`);
  return answer.ok ? parseTiles(await answer.text()) : [];
}

async function imageOf(address: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = address;
  await image.decode();
  return image;
}

function cut(sheet: HTMLImageElement, { x, y, width, height }: Tile): HTMLCanvasElement {
  const made = document.createElement("canvas");
  Object.assign(made, { width, height });
  made.getContext("2d")?.drawImage(sheet, x, y, width, height, 0, 0, width, height);
  return made;
}
