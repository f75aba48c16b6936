import { expect, test } from "vitest";
import { PageCopies } from "./page-copies.ts";

const page = (n: number): Uint8Array => new Uint8Array(4080).fill(n % 251);
const copied = (copies: PageCopies, pages: number): Array<Buffer> =>
  Array.from({ length: pages }, (_, n) => copies.copy(page(n)));

test("copies hold what the pages held, however many there are", () => {
  const all = copied(new PageCopies(), 2_000);
  all.forEach((bytes, n) => {
    expect(bytes.equals(page(n))).toBe(true);
  });
});

test("memory is lent again once it was given back, and not before", () => {
  const first = new PageCopies();
  const held = copied(first, 600);
  const other = new Set(copied(new PageCopies(), 600).map(({ buffer }) => buffer));
  expect(held.some(({ buffer }) => other.has(buffer))).toBe(false);
  first.release();
  const again = new Set(copied(new PageCopies(), 600).map(({ buffer }) => buffer));
  expect(held.some(({ buffer }) => again.has(buffer))).toBe(true);
});
