import { describe, expect, it } from "vitest";
import { cookieFor, isTheme } from "./theme";

describe("the theme", () => {
  it("is one of three words", () => {
    expect(["light", "dark", "system"].every(isTheme)).toBe(true);
    expect([null, undefined, "", "Dark", "blue"].some(isTheme)).toBe(false);
  });

  it("stands in a cookie that the server reads, for a year, for this site only", () => {
    expect(cookieFor("dark", false)).toBe("cathedra_theme=dark; Path=/; Max-Age=31536000; SameSite=Lax");
    expect(cookieFor("light", true)).toContain("; Secure");
  });
});
