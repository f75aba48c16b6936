import type { AttackSet } from "./attack.ts";

/** Dictionaries, and tables that functions read. */
export const dictionaryAttacks: AttackSet = {
  name: "dictionaries",
  both: [
    "SELECT dictGet('d', 'a', 1)",
    "SELECT dictGetString('d', 'a', toUInt64(1))",
    "SELECT dictGetOrDefault('leadwire.d', 'a', 1, 'x')",
    "SELECT dictGetOrNull(leadwire.d, 'a', 1)",
    "SELECT dictHas('d', 1)",
    "SELECT dictIsIn('d', 1, 2)",
    "SELECT dictGetHierarchy('d', 1)",
    "SELECT dictGetChildren('d', 1)",
    "SELECT dictGetAll('d', 'a', 'x')",
    "SELECT dictGetKeys('d', 'a', 'x')",
    "SELECT arrayMap(x -> dictGet('d', 'a', x), [1])",
    "SELECT * FROM dictionary('d')",
    "SELECT * FROM dictionary(leadwire.d)",
    "SELECT joinGet('leadwire.facts', 'kind', 1)",
    "SELECT joinGetOrNull(leadwire.facts, 'kind', 1)",
    "SELECT regionToName(toUInt32(1))",
    "SELECT regionHierarchy(toUInt32(1))",
    "CREATE DICTIONARY d (a UInt64) PRIMARY KEY a SOURCE(FILE(path '/etc/passwd' format 'CSV')) LAYOUT(FLAT()) LIFETIME(1)",
    "CREATE DICTIONARY d (a UInt64) PRIMARY KEY a SOURCE(EXECUTABLE(command 'id' format 'CSV')) LAYOUT(FLAT()) LIFETIME(1)",
    "SYSTEM RELOAD DICTIONARIES",
    "SHOW DICTIONARIES",
    "SHOW CREATE DICTIONARY d",
    "EXISTS DICTIONARY d",
    "DROP DICTIONARY d",
  ],
  gate: [],
  limits: [],
};
