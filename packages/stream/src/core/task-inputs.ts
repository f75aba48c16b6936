import { accountLogTopic } from "@leadwire/events";
import { AccountTask } from "./accounts/account-task.ts";
import { type Origin, origins } from "./codec/origin.ts";
import { EventTask } from "./events/event-task.ts";
import { LeadTask } from "./leads/lead-task.ts";
import type { Slicer } from "./slices/slicer.ts";
import type { TextTable } from "./state/text-table.ts";
import type { TaskContext, TaskFold } from "./task.ts";

/** The topics that tasks read, one task for each partition. */
export const taskTopics = (generation: string): ReadonlyArray<string> => [
  "leadwire.funnel",
  "leadwire.spend",
  "leadwire.accounts",
  "leadwire.plan",
  accountLogTopic(generation),
];

/** What one of these topics is folded by. `derived`: its records are counted where they came from. */
export const foldOf = (
  topic: string,
  context: TaskContext,
  names: TextTable,
  slicer: Slicer,
): { readonly fold: TaskFold; readonly origin: Origin; readonly derived: boolean } => {
  const events = (origin: Origin) => ({
    fold: new EventTask(context, topic, origin, names, slicer),
    origin,
    derived: false,
  });
  switch (topic) {
    case "leadwire.funnel":
      return { fold: new LeadTask(topic, context, names, slicer), origin: origins.funnel, derived: false };
    case "leadwire.spend":
      return events(origins.spend);
    case "leadwire.accounts":
      return events(origins.accounts);
    case "leadwire.plan":
      return events(origins.plan);
    default:
      return { fold: new AccountTask(context, names, slicer), origin: origins.accounts, derived: true };
  }
};
