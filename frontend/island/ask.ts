// Asks the product's own API and says plainly when it could not.

/** An answer that is not a success: the server's code and sentence, or status 0 when nothing answered. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    sentence: string,
  ) {
    super(sentence);
  }
}

const TOO_FAST = 429;
const PATIENCE = 5;

/** JSON from the API. Raises Refused. Changes carry the page's cross-site token; "too fast" is waited for. */
export async function ask<T>(address: string, options: RequestInit = {}, patience = PATIENCE): Promise<T> {
  const headers = new Headers({
    Accept: "application/json",
    ...(options.body ? { "Content-Type": "application/json" } : {}),
  });
  if (options.method && options.method !== "GET") headers.set("X-CSRFToken", crossSiteToken());
  let answer: Response;
  try {
    answer = await fetch(address, { ...options, headers, credentials: "same-origin" });
  } catch {
    throw new Refused(0, "OFFLINE", "");
  }
  if (answer.status === TOO_FAST && patience > 0) {
    const seconds = Math.min(10, Number(answer.headers.get("Retry-After")) || 1);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    return ask(address, options, patience - 1);
  }
  if (!answer.ok) throw await refusal(answer);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** Code and sentence of a refusal, whatever its body is. */
export function refusalOf(status: number, header: string | null, body: string): Refused {
  let said: { code?: string; sentence?: string; message?: string; detail?: unknown } = {};
  try {
    said = JSON.parse(body) as typeof said;
  } catch {
    if (body.length < 300 && !body.includes("<")) said = { sentence: body.trim() };
  }
  const sentence = said.sentence ?? said.message ?? (typeof said.detail === "string" ? said.detail : "");
  return new Refused(status, header ?? said.code ?? "", sentence);
}

async function refusal(answer: Response): Promise<Refused> {
  return refusalOf(answer.status, answer.headers.get("Cathedra-Code"), await answer.text());
}

function crossSiteToken(): string {
  return document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content ?? "";
}
