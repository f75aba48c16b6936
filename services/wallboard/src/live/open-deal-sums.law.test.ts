import fc from "fast-check";
import { expect, test } from "vitest";
import { InventedOpenSet } from "../testing/invented-open-set.ts";
import { OpenDealSums } from "./open-deal-sums.ts";

const step = fc.record({
  slot: fc.nat(12),
  isOpen: fc.boolean(),
  amountMinor: fc.nat(1_000),
  stage: fc.constantFrom("new", "proposal"),
  team: fc.constantFrom("north", "south"),
});

test("sums by stage are those of the deals that are open and pass, after any changes", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 10 }), fc.array(step, { maxLength: 60, size: "max" }), (before, steps) => {
      const open = new InventedOpenSet();
      const apply = ({ slot, isOpen, amountMinor, stage, team }: (typeof steps)[number]): void =>
        isOpen ? open.setDeal(slot, amountMinor, { stage, team }) : open.close(slot);
      for (const each of before) apply(each);
      const sums = new OpenDealSums(open, [["team", "north"]], () => undefined);
      for (const each of steps) {
        apply(each);
        const mine = [...open.deals.values()].filter(({ dimensions }) => dimensions.team === "north");
        const byStage = Map.groupBy(mine, ({ dimensions }) => dimensions.stage);
        const amountOf = (deals: typeof mine): number => deals.reduce((sum, deal) => sum + deal.amountMinor, 0);
        expect(sums.deals()).toEqual(new Map([...byStage].map(([stage, deals]) => [stage, deals.length])));
        expect(sums.amounts()).toEqual(new Map([...byStage].map(([stage, deals]) => [stage, amountOf(deals)])));
      }
    }),
    { numRuns: 100 },
  );
});
