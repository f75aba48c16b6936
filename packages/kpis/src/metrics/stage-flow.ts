import { count, type Formula, total } from "../formula.ts";
import type { Measure } from "../measure.ts";
import { stageAdvances, stageEntries, stageLosses, stageReentries, stageRegressions } from "../measures/index.ts";
import { metric } from "../metric.ts";

const counted = (measure: Measure): { readonly unit: "deals"; readonly formula: Formula } => ({
  unit: "deals",
  formula: total(count(measure)),
});

/** What comes into each stage and what leaves it, and where to. */
export const stageFlow = metric({
  id: "stage_flow",
  version: 1,
  better: "higher",
  value: {
    default: "entries",
    statistics: {
      entries: counted(stageEntries),
      reentries: counted(stageReentries),
      advances: counted(stageAdvances),
      regressions: counted(stageRegressions),
      losses: counted(stageLosses),
    },
  },
  nullRule:
    "0 where nothing moved. `entries` and `advances` count a deal once per stage, skipped stages included; coming back is in `reentries`. A win advances past every stage that remains. The stage is the one entered, or left.",
  example:
    "In March 12 deals came into `proposal` for the first time and 2 came back; 9 went on or were won, 1 fell back, 3 were lost there: entries 12, reentries 2, advances 9, regressions 1, losses 3.",
  misleads:
    "Without `--by stage` it adds up moves, not deals: one deal that goes through five stages counts five times. Entries and exits of one window belong to different deals.",
  beside: ["conversion_rate", "time_in_stage"],
  texts: {
    en: ["Stage flow", "Deals that came into a stage for the first time, or passed it"],
    ro: ["Fluxul pe etape", "Tranzacții care au intrat prima dată într-o etapă sau au trecut de ea"],
    pl: ["Przepływ przez etapy", "Transakcje, które po raz pierwszy weszły do etapu lub go minęły"],
    ru: ["Движение по этапам", "Сделки, впервые вошедшие на этап или прошедшие его"],
    "zh-Hant": ["階段流量", "首次進入或越過某階段的交易"],
  },
});
