// Times of cues as they are read and typed.

/** 3754250 is "1:02:34.250". */
export function written(ms: number): string {
  const whole = Math.max(0, Math.round(ms));
  const [hours, minutes] = [Math.floor(whole / 3_600_000), Math.floor(whole / 60_000) % 60];
  const seconds = ((whole % 60_000) / 1000).toFixed(3).padStart(6, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${seconds}` : `${minutes}:${seconds}`;
}

/** What somebody typed, as 1:02:34.250, 2:34 or 34.5; null when it is no time. */
export function read(text: string): number | null {
  const found = /^\s*(?:(?:(\d{1,3}):)?(\d{1,2}):)?(\d{1,2}(?:[.,]\d{1,3})?)\s*$/.exec(text);
  if (!found) return null;
  const [hours, minutes, seconds] = [Number(found[1] ?? 0), Number(found[2] ?? 0), Number((found[3] ?? "").replace(",", "."))];
  return minutes < 60 && seconds < 60 ? Math.round((hours * 3600 + minutes * 60 + seconds) * 1000) : null;
}
