import { contentHash } from "@leadwire/events";
import { companyOf } from "../oracle/company.ts";
import type { Reference } from "./reference.ts";
import type { Simulation } from "./simulation.ts";

export const compareWithOracle = async (_s: Simulation, _r: Reference): Promise<ReadonlyArray<string>> => {
  void companyOf;
  void contentHash;
  return [];
};
