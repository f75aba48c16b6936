import { expect, test } from "vitest";
import { channelDeps, toldAlert, toldMessage } from "../testing/told-alert.ts";
import { emailMessage } from "./email-message.ts";

const { style } = channelDeps();
const from = "Leadwire <alerts@example.com>";

test("says the same in text and in HTML", () => {
  const { subject, text, html } = emailMessage(toldMessage({ url: "https://leadwire.example/" }), from, style);
  expect(subject).toBe("FIRING warning: north wins 21.4 % of its deals");
  for (const said of [
    "21.40 % (3 of 14), against 25.00 %",
    "team north",
    "sales/win-rate-low",
    "https://leadwire.example/",
  ]) {
    expect(text).toContain(said);
    expect(html).toContain(said);
  }
});

test("nothing of an event becomes a header, a line or a tag", () => {
  const alert = toldAlert({
    summary: "hi\r\nBcc: evil@example.com\u2028<script>alert(1)</script>",
    labels: { team: '"><img src=x>\nBcc: y' },
  });
  const { subject, text, html } = emailMessage(toldMessage({ alerts: [alert] }), from, style);
  expect(subject).not.toMatch(/[\r\n\u2028]/u);
  expect(text).not.toMatch(/^\s*Bcc:/mu);
  expect(html).not.toMatch(/<script|<img/u);
});

test("an address that is no web page is no link", () => {
  expect(emailMessage(toldMessage({ url: "javascript:alert(1)" }), from, style).html).not.toContain("href");
});

test("one key and receiver is one Message-ID, another is another", () => {
  const idOf = (key: string, receiver = "ops") => emailMessage(toldMessage({ key, receiver }), from, style).messageId;
  expect(idOf("n-1")).toBe(idOf("n-1"));
  expect(idOf("n-1")).toMatch(/^<[0-9a-f]{40}@example\.com>$/u);
  expect(new Set([idOf("n-1"), idOf("n-2"), idOf("n-1", "sales")]).size).toBe(3);
  expect(idOf("n\r\nBcc: x")).toMatch(/^<[0-9a-f]{40}@example\.com>$/u);
});
