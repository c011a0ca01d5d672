// Times as people read them.
import { gettext } from "./words";

/** A position: 754 s is "12:34", 3754 s is "1:02:34". */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** A wait, rounded as people say it: "less than a minute", "about 4 minutes", "about 2 hours". */
export function roughly(seconds: number): string {
  if (seconds < 10) return gettext("a few seconds");
  if (seconds < 55) return gettext("about {count} seconds", { count: Math.ceil(seconds / 10) * 10 });
  if (seconds < 90) return gettext("about a minute");
  if (seconds < 3600) return gettext("about {count} minutes", { count: Math.round(seconds / 60) });
  const hours = Math.round(seconds / 1800) / 2;
  return hours === 1 ? gettext("about an hour") : gettext("about {count} hours", { count: hours });
}
