// Exact times as people write them: "1:02:03.450", "2:03", "45.5".

const FORM = /^(?:(?:(\d+):)?(\d+):)?(\d+(?:[.,]\d{1,3})?)$/;

/** Milliseconds, or nothing when it is no time. */
export function parseTime(text: string): number | null {
  const found = FORM.exec(text.trim());
  if (!found) return null;
  const [hours, minutes, seconds] = [found[1] ?? "0", found[2] ?? "0", (found[3] ?? "0").replace(",", ".")];
  if (found[2] && Number(seconds) >= 60) return null;
  if (found[1] && Number(minutes) >= 60) return null;
  return Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000);
}

/** With thousandths: 83450 is "1:23.450". */
export function exactTime(ms: number): string {
  const whole = Math.max(0, Math.round(ms));
  const [hours, minutes, seconds] = [Math.floor(whole / 3_600_000), Math.floor(whole / 60_000) % 60, (whole / 1000) % 60];
  const rest = seconds.toFixed(3).padStart(6, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}
