import { describe, expect, test } from "vitest";
import { Interrupted, pauseMs, untilDone } from "./interrupted.ts";

describe("what passes", () => {
  test("is tried again until it is done, and told each time", async () => {
    const told: string[] = [];
    const work = async (attempt: number): Promise<string> => {
      if (attempt < 3) throw new Interrupted(`try ${attempt}`);
      return "done";
    };
    expect(
      await untilDone(
        work,
        () => false,
        ({ message }, attempt) => told.push(`${message} ${attempt}`),
      ),
    ).toBe("done");
    expect(told).toEqual(["try 1 1", "try 2 2"]);
  });

  test("is not tried again once the log is closed", async () => {
    const work = (): Promise<never> => Promise.reject(new Interrupted("gone"));
    const trying = untilDone(
      work,
      () => true,
      () => undefined,
    );
    await expect(trying).rejects.toMatchObject({ _tag: "LogClosed" });
  });

  test("is told from what lasts, which is the caller's at once", async () => {
    let tries = 0;
    const work = async (): Promise<never> => {
      tries += 1;
      throw new TypeError("a mistake");
    };
    const trying = untilDone(
      work,
      () => false,
      () => undefined,
    );
    await expect(trying).rejects.toThrow("a mistake");
    expect(tries).toBe(1);
  });

  test("is waited for between 10 ms and a second", () => {
    expect([1, 2, 3, 8, 50].map(pauseMs)).toEqual([10, 20, 40, 1_000, 1_000]);
  });
});
