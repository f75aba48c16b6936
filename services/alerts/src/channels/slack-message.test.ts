import { expect, test } from "vitest";
import { channelDeps, toldAlert, toldMessage } from "../testing/told-alert.ts";
import { slackMessage } from "./slack-message.ts";

const { style } = channelDeps();

test("says what it is, how bad, whose, against which level, since when, and how to see why", () => {
  expect(slackMessage(toldMessage({ url: "https://leadwire.example/" }), style)).toEqual({
    text: "FIRING warning: north wins 21.4 % of its deals",
    blocks: [
      {
        type: "header",
        text: { type: "plain_text", text: "FIRING warning: north wins 21.4 % of its deals", emoji: false },
      },
      {
        type: "section",
        text: {
          type: "mrkdwn",
          text: [
            "🟠 *north wins 21.4 % of its deals*",
            "Value: 21.40 % (3 of 14), against 25.00 %",
            "Who: team north",
            "Rule: sales/win-rate-low",
            "Since: 2026-03-02 11:00 Europe/Bucharest",
            "`npx leadwire explain win_rate --window 30d --where team=north`",
          ].join("\n"),
        },
      },
      { type: "context", elements: [{ type: "mrkdwn", text: "<https://leadwire.example/|Open in Leadwire>" }] },
    ],
  });
});

test("nothing of an event becomes a mention, a link or a line of its own", () => {
  const alert = toldAlert({
    summary: "<!channel> & <https://evil.example|click>\nFake: line",
    labels: { team: "<@U123>\r\nx" },
    explain: "a `b` <c>",
  });
  const message = slackMessage(toldMessage({ alerts: [alert] }), style);
  const said = JSON.stringify([message.text, message.blocks.filter(({ type }) => type === "section")]);
  expect(said).not.toMatch(/<|>/u);
  expect(said).toContain("&lt;!channel&gt; &amp; &lt;https://evil.example|click&gt; Fake: line");
  expect(said).toContain("Who: team &lt;@U123&gt; x");
});

test("keeps to Slack's limits whatever it is told", () => {
  const alert = toldAlert({ summary: "&".repeat(9000), labels: { team: "<".repeat(9000) }, explain: "x".repeat(9000) });
  const { text, blocks } = slackMessage(toldMessage({ alerts: new Array(40).fill(alert) }), style);
  expect(text.length).toBeLessThan(40_000);
  expect(blocks.length).toBeLessThanOrEqual(50);
  for (const block of blocks) {
    if (block.type === "header") expect(block.text.text.length).toBeLessThanOrEqual(150);
    if (block.type === "section") expect(block.text.text.length).toBeLessThanOrEqual(3000);
  }
  expect(JSON.stringify(blocks)).toContain("and 30 more");
});

test.each(["&", "<", "a&", "ab<", "abc>"])(
  "a long text of %s is cut between characters, never within an escape",
  (part) => {
    const long = part.repeat(9000);
    const alert = toldAlert({ summary: long, labels: { team: long }, explain: long });
    const [, section] = slackMessage(toldMessage({ alerts: [alert] }), style).blocks;
    const text = section?.type === "section" ? section.text.text : "";
    expect(text.length).toBeGreaterThan(500);
    expect(text.replace(/&(?:amp|lt|gt);/gu, "")).not.toContain("&");
  },
);

test("what is over is said to be", () => {
  const alert = toldAlert({ status: "resolved" });
  const { text, blocks } = slackMessage(toldMessage({ status: "resolved", alerts: [alert] }), style);
  expect(text).toBe("RESOLVED: north wins 21.4 % of its deals");
  expect(JSON.stringify(blocks)).toContain("Resolved: 2026-03-02 11:30 Europe/Bucharest");
});
