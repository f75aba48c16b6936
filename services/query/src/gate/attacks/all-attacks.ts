import type { AttackSet } from "./attack.ts";
import { dictionaryAttacks } from "./dictionary-attacks.ts";
import { errorAttacks } from "./error-attacks.ts";
import { fileAttacks } from "./file-attacks.ts";
import { formatAttacks } from "./format-attacks.ts";
import { hiddenAttacks } from "./hidden-attacks.ts";
import { machineAttacks } from "./machine-attacks.ts";
import { networkAttacks } from "./network-attacks.ts";
import { programAttacks } from "./program-attacks.ts";
import { resourceAttacks } from "./resource-attacks.ts";
import { settingAttacks } from "./setting-attacks.ts";
import { shapeAttacks } from "./shape-attacks.ts";
import { systemTableAttacks } from "./system-table-attacks.ts";
import { writeAttacks } from "./write-attacks.ts";

export const attackSets: ReadonlyArray<AttackSet> = [
  fileAttacks,
  networkAttacks,
  programAttacks,
  dictionaryAttacks,
  systemTableAttacks,
  machineAttacks,
  writeAttacks,
  settingAttacks,
  hiddenAttacks,
  errorAttacks,
  formatAttacks,
  shapeAttacks,
  resourceAttacks,
];
