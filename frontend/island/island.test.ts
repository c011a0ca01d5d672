import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, Refused, refusalOf } from "./ask";
import { gettext } from "./words";

describe("a sentence", () => {
  it("gets its values, and keeps a place that has none", () => {
    expect(gettext("{done} of {whole}", { done: 1, whole: "2 MB" })).toBe("1 of 2 MB");
    expect(gettext("{done} of {whole}", { done: 1 })).toBe("1 of {whole}");
  });
});

describe("a refusal", () => {
  it("is read from the API, from the upload door and from nginx alike", () => {
    const api = refusalOf(409, null, '{"code": "HELD", "rule": "R41", "message": "It is on hold."}');
    expect([api.code, api.message]).toEqual(["HELD", "It is on hold."]);
    const door = refusalOf(413, "TOO_LARGE", '{"code": "TOO_LARGE", "rule": "tus", "sentence": "Too large."}');
    expect([door.code, door.message]).toEqual(["TOO_LARGE", "Too large."]);
    expect(refusalOf(502, null, "<html>Bad gateway</html>").message).toBe("");
    expect(refusalOf(400, null, "Plain words.").message).toBe("Plain words.");
  });
});

describe("asking", () => {
  let server: Server;
  let address: string;
  let asked = 0;

  beforeAll(async () => {
    server = createServer((request, answer) => {
      asked += 1;
      if (request.url === "/hurry" && asked === 1) {
        answer.writeHead(429, { "Retry-After": "1" }).end();
      } else if (request.url === "/nothing") answer.writeHead(204).end();
      else if (request.url === "/no") {
        answer.writeHead(403, { "Cathedra-Code": "NO_PERMISSION" }).end('{"message": "Not yours."}');
      } else answer.writeHead(200, { "Content-Type": "application/json" }).end('{"is": "there"}');
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const at = server.address();
    address = typeof at === "object" && at ? `http://127.0.0.1:${at.port}` : "";
  });

  afterAll(() => new Promise((done) => server.close(done)));

  it("waits when it was too fast, and asks again", async () => {
    expect(await ask(`${address}/hurry`)).toEqual({ is: "there" });
    expect(asked).toBe(2);
  });

  it("takes an empty answer for one", async () => {
    expect(await ask(`${address}/nothing`)).toBeUndefined();
  });

  it("raises the server's code and sentence", async () => {
    const no = await ask(`${address}/no`).catch((error: unknown) => error);
    expect(no).toBeInstanceOf(Refused);
    expect(no).toMatchObject({ status: 403, code: "NO_PERMISSION", message: "Not yours." });
  });

  it("says status 0 when nobody answers", async () => {
    const silence = await ask("http://127.0.0.1:9/").catch((error: unknown) => error);
    expect(silence).toMatchObject({ status: 0 });
  });
});
