import { describe, expect, it } from "vitest";
import { tell } from "./ticks";

const box = (checked: boolean) => ({ checked, indeterminate: false }) as HTMLInputElement;

function told(...ticked: boolean[]): [boolean, boolean, string] {
  const said = { dataset: { one: "1 ticked", many: "{count} ticked" }, textContent: "?" };
  const form = { querySelector: () => said } as unknown as HTMLFormElement;
  const all = box(false);
  tell(form, all, ticked.map(box));
  return [all.checked, all.indeterminate, said.textContent];
}

describe("what is ticked in a list", () => {
  it("is counted beside the buttons, and silent while it is nothing", () => {
    expect(told(false, false)[2]).toBe("");
    expect(told(true, false)[2]).toBe("1 ticked");
    expect(told(true, true, false)[2]).toBe("2 ticked");
  });

  it("shows in the box for all: off, half, on", () => {
    expect(told(false, false).slice(0, 2)).toEqual([false, false]);
    expect(told(true, false).slice(0, 2)).toEqual([false, true]);
    expect(told(true, true).slice(0, 2)).toEqual([true, false]);
    expect(told().slice(0, 2)).toEqual([false, false]);
  });
});
