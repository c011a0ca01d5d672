// How many recordings a series will be, said while its days are chosen and before anything is scheduled. The server counts
// them anew: this is what the person who chooses can see in time.

const DAY_MS = 86_400_000;
const MOST_DAYS = 366; // beyond a year the server says what is wrong

/** The days of a series, as milliseconds of UTC: at these weekdays (0: Monday), or at the first day's where there are none. */
export function daysOf(first: string, until: string, weekdays: readonly number[]): number[] {
  const [from, to] = [Date.parse(first), Date.parse(until)];
  if (Number.isNaN(from) || Number.isNaN(to) || to - from > MOST_DAYS * DAY_MS) return [];
  const wanted = new Set(weekdays.length ? weekdays : [weekdayOf(from)]);
  const days = [];
  for (let day = from; day <= to; day += DAY_MS) if (wanted.has(weekdayOf(day))) days.push(day);
  return days;
}

function weekdayOf(day: number): number {
  return (new Date(day).getUTCDay() + 6) % 7;
}

/** The sentence of the page for so many, with the first and the last day in words. */
export function sentence(days: readonly number[], words: DOMStringMap): string {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return "";
  const said = (days.length === 1 ? words.one : words.many) ?? "";
  return said.replace("{count}", String(days.length)).replace("{first}", inWords(first)).replace("{last}", inWords(last));
}

function inWords(day: number): string {
  const options = { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;
  return new Date(day).toLocaleDateString("en-GB", options).replaceAll(",", "").replace("Sept", "Sep");
}

export function start(page: Document): void {
  const said = page.querySelector<HTMLOutputElement>("[data-series]");
  const form = said?.form;
  if (!said || !form) return;
  const tell = () => {
    const given = new FormData(form);
    const [first, until] = [given.get("day"), given.get("until")].map((one) => (typeof one === "string" ? one : ""));
    said.textContent = sentence(daysOf(first!, until!, given.getAll("weekdays").map(Number)), said.dataset);
  };
  form.addEventListener("change", tell);
  page.defaultView?.addEventListener("pageshow", tell);
  tell();
}
