import type { AttackSet } from "./attack.ts";

/** Formats that need files, speak protocols or are made for other programs. */
export const formatAttacks: AttackSet = {
  name: "formats",
  both: [
    "SELECT 1 FORMAT Template",
    "SELECT 1 FORMAT template",
    "SELECT 1 FORMAT `Template`",
    "SELECT 1 FORMAT Protobuf",
    "SELECT 1 FORMAT ProtobufSingle",
    "SELECT 1 FORMAT ProtobufList",
    "SELECT 1 FORMAT CapnProto",
    "SELECT 1 FORMAT AvroConfluent",
    "SELECT 1 FORMAT Prometheus",
    "SELECT 1 FORMAT PNG",
    "SELECT 1 FORMAT GeoJSON",
    "SELECT 1 FORMAT Regexp",
    "EXPLAIN SELECT 1 FORMAT Template",
    "SHOW TABLES FORMAT Template",
    "SHOW CREATE TABLE facts FORMAT CapnProto",
    "SELECT 1 UNION ALL SELECT 2 FORMAT ProtobufSingle",
    "SELECT repeat('x', 1000000) FROM numbers(100000) FORMAT RawBLOB",
  ],
  gate: [
    "SELECT 1 FORMAT CustomSeparated",
    "SELECT 1 FORMAT CustomSeparatedWithNames",
    "SELECT 1 FORMAT PostgreSQLWire",
    "SELECT 1 FORMAT MySQLWire",
    "SELECT 1 FORMAT ODBCDriver2",
    "SELECT 1 FORMAT RawBLOB",
    "SELECT 1 FORMAT Npy",
    "SELECT 1 FORMAT Buffers",
    "SELECT 1 FORMAT LineAsStringWithNamesAndTypes",
    "DESCRIBE facts FORMAT Protobuf",
  ],
  limits: [],
};
