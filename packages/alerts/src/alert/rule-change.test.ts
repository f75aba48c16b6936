import { describe, expect, test } from "vitest";
import { alertRule } from "../testing/alert-rules.ts";
import { minuteMs, Play } from "../testing/play.ts";

describe("a rule edited while its alert fires", () => {
  const firing = (): Play => {
    const play = new Play(alertRule());
    play.at("09:00", "fires");
    return play;
  };

  test.each([
    ["another level, beyond which the value is still", "fires", ["09:10 firing → firing (rule_changed)"]],
    ["another level, on whose good side the value is", "clear", ["09:10 firing → resolved (rule_changed)"]],
  ] as const)("%s", (_, standing, expected) => {
    const play = firing();
    play.edit(alertRule({ version: "v2" }));
    expect(play.at("09:10", standing)).toEqual(expected);
  });

  test("keeps its alert: the same fingerprint, the same episode", () => {
    const play = firing();
    play.edit(alertRule({ version: "v2", when: "win_rate 30d by team < 0.30" }));
    play.at("09:10", "fires");
    const [before, after] = play.records;
    expect(after).toMatchObject({
      fingerprint: before?.fingerprint,
      started_at: before?.started_at,
      rule_version: "v2",
    });
  });

  test("after its first evaluation by the new text, changes are those of the data", () => {
    const play = firing();
    play.edit(alertRule({ version: "v2" }));
    play.at("09:10", "fires");
    expect(play.at("09:20", "clear")).toEqual(["09:20 firing → resolved (data)"]);
  });

  test("a longer for does not take back what fires", () => {
    const play = firing();
    play.edit(alertRule({ version: "v2", forMs: 60 * minuteMs }));
    expect(play.at("09:10", "fires")).toEqual(["09:10 firing → firing (rule_changed)"]);
  });

  test("a shorter for counts from when the condition began to hold", () => {
    const play = new Play(alertRule({ forMs: 60 * minuteMs }));
    play.at("09:00", "fires");
    play.edit(alertRule({ version: "v2", forMs: 20 * minuteMs }));
    expect(play.at("09:10", "fires")).toEqual([]);
    expect(play.at("09:20")).toEqual(["09:20 pending → firing (time)"]);
  });

  test("while it is pending, for does not end before it was seen by the new text", () => {
    const play = new Play(alertRule({ forMs: 20 * minuteMs }));
    play.at("09:00", "fires");
    play.edit(alertRule({ version: "v2", forMs: 30 * minuteMs }));
    play.evaluator.isAllSeen = false;
    expect(play.at("09:40")).toEqual([]);
    expect(play.at("09:41", "fires")).toEqual(["09:30 pending → firing (time)"]);
  });

  test("another severity is a record, though what decides is the same", () => {
    const play = firing();
    play.edit(alertRule({ severity: "critical" }));
    expect(play.at("09:10", "fires")).toEqual(["09:10 firing → firing (rule_changed)"]);
    expect(play.records[1]).toMatchObject({ severity: "critical", rule_version: "v1" });
  });

  test("by other dimensions: what nobody watches any more ends, the new groups are alerts of their own", () => {
    const play = firing();
    play.edit(alertRule({ version: "v2", when: "win_rate 30d by rep < 0.25" }));
    expect(play.at("09:10", { standing: "fires", group: { rep: "ana" } })).toEqual([
      "09:10 inactive → firing (rule_changed)",
      "09:10 firing → resolved (rule_changed)",
    ]);
  });

  test("nothing ends before the edited rule was looked at whole", () => {
    const play = firing();
    play.edit(alertRule({ version: "v2" }));
    play.evaluator.isAllSeen = false;
    expect(play.at("09:10")).toEqual([]);
    play.evaluator.isAllSeen = true;
    expect(play.at("09:11")).toEqual(["09:11 firing → resolved (rule_changed)"]);
  });

  test("removed, its alert ends at once; back again, it is another episode", () => {
    const play = firing();
    play.edit();
    expect(play.due()).toBe("-Infinity");
    expect(play.at("09:10")).toEqual(["09:10 firing → resolved (rule_removed)"]);
    expect(play.records[1]).toMatchObject({ summary: "The rule win-rate-low was removed.", value: null });
    play.edit(alertRule());
    expect(play.at("09:20", "fires")).toEqual(["09:20 inactive → firing (rule_changed)"]);
  });

  test("while it was down, and is still true", () => {
    const play = firing();
    play.restart("g1", alertRule({ version: "v2" }));
    expect(play.at("09:10", "fires")).toEqual(["09:10 firing → firing (rule_changed)"]);
  });
});

describe("after a restart", () => {
  test("what still fires is not told again", () => {
    const play = new Play(alertRule());
    play.at("09:00", "fires");
    play.restart();
    expect(play.at("12:00", "fires")).toEqual([]);
  });

  test("for goes on from when it began, once it is seen that the condition holds", () => {
    const play = new Play(alertRule({ forMs: 60 * minuteMs }));
    play.at("09:00", "fires");
    play.restart();
    play.evaluator.isAllSeen = false;
    expect(play.at("11:00")).toEqual([]);
    expect(play.at("11:01", "fires")).toEqual(["10:00 pending → firing (time)"]);
  });

  test("what another formula makes true is laid to it also where it has to hold for a time", () => {
    const play = new Play(alertRule({ forMs: 60 * minuteMs }));
    play.at("09:00", "clear");
    play.restart("g2");
    expect(play.at("09:10", "fires")).toEqual(["09:10 inactive → pending (formula_changed)"]);
    expect(play.at("10:10")).toEqual(["10:10 pending → firing (formula_changed)"]);
  });

  test("what was put right meanwhile raises nothing, though its time is over", () => {
    const play = new Play(alertRule({ forMs: 60 * minuteMs }));
    play.at("09:00", "fires");
    play.restart();
    expect(play.at("11:00", "clear")).toEqual(["11:00 pending → inactive (data)"]);
  });

  test("a group that nobody has anything of any more ends when all of the rule was looked at", () => {
    const play = new Play(alertRule({ keepFiringForMs: 10 * minuteMs }));
    play.at("09:00", "fires");
    play.restart();
    expect(play.at("11:00")).toEqual([]);
    expect(play.at("11:10")).toEqual(["11:10 firing → resolved (time)"]);
  });

  test("keep_firing_for begins anew: it never ends earlier than without the restart", () => {
    const play = new Play(alertRule({ keepFiringForMs: 60 * minuteMs }));
    play.at("09:00", "fires");
    play.at("09:10", "clear");
    play.restart();
    play.at("09:30", "clear");
    expect(play.at("10:10")).toEqual([]);
    expect(play.at("10:30")).toEqual(["10:30 firing → resolved (time)"]);
  });
});

describe("another generation of the numbers", () => {
  test("what becomes true or untrue by it is laid to the formula, and only then", () => {
    const play = new Play(alertRule());
    play.at("09:00", "fires");
    play.restart("g2");
    play.evaluator.isAllSeen = false;
    expect(play.at("09:10", "clear")).toEqual(["09:10 firing → resolved (formula_changed)"]);
    play.evaluator.isAllSeen = true;
    expect(play.at("09:11", { standing: "fires", group: { team: "south" } })).toEqual([
      "09:11 inactive → firing (formula_changed)",
    ]);
    expect(play.records.at(-1)).toMatchObject({ generation: "g2", epoch: 2 });
    expect(play.at("09:12", "fires")).toEqual(["09:12 inactive → firing (data)"]);
  });

  test("what is true before and after is not told again", () => {
    const play = new Play(alertRule());
    play.at("09:00", "fires");
    play.restart("g2");
    expect(play.at("09:10", "fires")).toEqual([]);
  });
});
