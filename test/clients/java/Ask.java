import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks as a BI tool does, with ClickHouse's JDBC driver.
 *
 * Arguments: host:port, the statement that gives rows, statements to be refused with a line feed between, and then
 * reader=token of each reader. Prints one JSON document: what each reader was answered. What must fail is answered with
 * the error's text.
 */
public final class Ask {
  private interface Question {
    void ask() throws SQLException;
  }

  private static final String TYPES =
      "SELECT toUInt8(200), toInt64(-9007199254740993), toUInt64(18446744073709551615), 0.1, toDecimal64('12.34', 2), "
          + "'Brăila ✓ ''q'' \\\\', CAST(NULL AS Nullable(String)), toDate('2025-03-30'), "
          + "toDateTime64('2025-03-30 01:30:00.125', 3, 'UTC'), [1, 2], true, "
          + "toUUID('00000000-0000-0000-0000-00000000002a'), toLowCardinality('low'), "
          + "CAST('won', 'Enum8(\\'open\\' = 0, \\'won\\' = 1)')";

  private Ask() {}

  public static void main(String[] args) throws Exception {
    Map<String, Object> answers = new LinkedHashMap<>();
    String token = "";
    for (int index = 3; index < args.length; index += 1) {
      String[] reader = args[index].split("=", 2);
      token = reader[1];
      try (Connection connection = connected(args[0], token)) {
        answers.put(reader[0], asked(connection, args[1], args[2].split("\n")));
      }
    }
    String wrong = "lwt_00000000_" + "A".repeat(43);
    answers.put("nobody", refusal(() -> one(connected(args[0], wrong), "SELECT 1")));
    System.out.write(json(answers).getBytes(StandardCharsets.UTF_8));
    System.out.flush();
  }

  private static Connection connected(String place, String token) throws SQLException {
    Properties properties = new Properties();
    properties.put("user", "ana");
    properties.put("password", token);
    return DriverManager.getConnection("jdbc:clickhouse://" + place + "/leadwire", properties);
  }

  private static Map<String, Object> asked(Connection connection, String rows, String[] refused) throws Exception {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("valid", connection.isValid(5));
    answer.put("types", types(connection));
    answer.put("rows", all(connection.createStatement().executeQuery(rows)));
    answer.put("parameters", parameters(connection));
    answer.put("described", described(connection, rows));
    answer.put("streamed", streamed(connection));
    answer.put("cancelled", cancelled(connection));
    answer.put("metadata", metadata(connection.getMetaData()));
    answer.put("unknown_column", refusal(() -> one(connection, "SELECT nope FROM deals")));
    Map<String, Object> refusals = new LinkedHashMap<>();
    for (String statement : refused) refusals.put(statement, refusal(() -> one(connection, statement)));
    answer.put("refused", refusals);
    return answer;
  }

  /** The first value of the first row, as text. */
  private static String one(Connection connection, String statement) throws SQLException {
    try (Statement asking = connection.createStatement();
        ResultSet result = asking.executeQuery(statement)) {
      return result.next() ? result.getString(1) : null;
    }
  }

  /** Rows with instants as milliseconds. */
  private static List<Object> all(ResultSet result) throws SQLException {
    List<Object> rows = new ArrayList<>();
    ResultSetMetaData columns = result.getMetaData();
    while (result.next()) {
      List<Object> row = new ArrayList<>();
      for (int column = 1; column <= columns.getColumnCount(); column += 1) {
        Object value = result.getObject(column);
        boolean instant = columns.getColumnTypeName(column).contains("DateTime");
        row.add(value != null && instant ? (Object) instantAt(result, column) : value);
      }
      rows.add(row);
    }
    result.close();
    return rows;
  }

  /** getTimestamp would read the column's clock in this machine's zone. */
  private static long instantAt(ResultSet result, int column) throws SQLException {
    return result.getObject(column, ZonedDateTime.class).toInstant().toEpochMilli();
  }

  private static Map<String, Object> types(Connection connection) throws SQLException {
    Map<String, Object> values = new LinkedHashMap<>();
    try (Statement asking = connection.createStatement();
        ResultSet result = asking.executeQuery(TYPES)) {
      result.next();
      ResultSetMetaData columns = result.getMetaData();
      for (int column = 1; column <= columns.getColumnCount(); column += 1) {
        values.put(columns.getColumnTypeName(column), result.getString(column));
      }
    }
    return values;
  }

  private static List<Object> parameters(Connection connection) throws SQLException {
    String statement = "SELECT ?, ? + 1, toDate(?), toUnixTimestamp64Milli(toDateTime64(?, 3)), has(?, 'b''')";
    try (PreparedStatement asking = connection.prepareStatement(statement)) {
      asking.setString(1, "it's; DROP ? \\ ");
      asking.setInt(2, 7);
      asking.setObject(3, LocalDate.parse("2025-03-30"));
      asking.setTimestamp(4, Timestamp.from(Instant.parse("2025-03-30T01:30:00.125Z")));
      asking.setArray(5, connection.createArrayOf("String", new String[] {"a", "b'"}));
      try (ResultSet result = asking.executeQuery()) {
        result.next();
        List<Object> values = new ArrayList<>();
        for (int column = 1; column <= 5; column += 1) values.add(result.getString(column));
        return values;
      }
    }
  }

  /** The columns of a question before it is asked: the driver describes it as a subquery. */
  private static List<Object> described(Connection connection, String rows) throws SQLException {
    try (PreparedStatement asking = connection.prepareStatement(rows)) {
      ResultSetMetaData columns = asking.getMetaData();
      List<Object> names = new ArrayList<>();
      for (int column = 1; column <= columns.getColumnCount(); column += 1) names.add(columns.getColumnName(column));
      return names;
    }
  }

  private static Map<String, Object> streamed(Connection connection) throws SQLException {
    long rows = 0;
    long total = 0;
    try (Statement asking = connection.createStatement();
        ResultSet result = asking.executeQuery("SELECT number FROM numbers(150000)")) {
      while (result.next()) {
        rows += 1;
        total += result.getLong(1);
      }
    }
    return Map.of("rows", rows, "total", total);
  }

  /** A question without an end, cancelled from another thread as a tool's stop button does. */
  private static Map<String, Object> cancelled(Connection connection) throws Exception {
    Map<String, Object> outcome = new LinkedHashMap<>();
    CountDownLatch ended = new CountDownLatch(1);
    try (Statement asking = connection.createStatement()) {
      Thread worker = new Thread(() -> {
        outcome.put("ended_with", refusal(() -> asking.executeQuery("SELECT count() FROM numbers(4000000000) WHERE sipHash64(sipHash64(number)) = 1")));
        ended.countDown();
      });
      worker.setDaemon(true);
      worker.start();
      String kill = "Unknown query";
      // The query may not have arrived yet.
      for (int attempt = 0; attempt < 100 && ended.getCount() > 0; attempt += 1) {
        kill = refusal(asking::cancel);
        if (ended.await(100, TimeUnit.MILLISECONDS)) break;
      }
      outcome.put("kill", kill);
      outcome.put("in_time", ended.await(1, TimeUnit.SECONDS));
    }
    return outcome;
  }

  /** What DBeaver, Metabase and the like ask for when they draw the tree of tables. */
  private static Map<String, Object> metadata(DatabaseMetaData data) throws SQLException {
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("product", data.getDatabaseProductName());
    found.put("version", data.getDatabaseProductVersion());
    found.put("schemas", column(data.getSchemas(), "TABLE_SCHEM"));
    found.put("tables", column(data.getTables(null, "leadwire", "%", new String[] {"VIEW", "TABLE"}), "TABLE_NAME"));
    found.put("columns", column(data.getColumns(null, "leadwire", "deals", "%"), "COLUMN_NAME"));
    found.put("comments", column(data.getColumns(null, "leadwire", "deals", "%"), "REMARKS"));
    found.put("keys", column(data.getPrimaryKeys(null, "leadwire", "deals"), "COLUMN_NAME"));
    found.put("types", column(data.getTypeInfo(), "TYPE_NAME").size() > 50);
    found.put("functions", column(data.getFunctions(null, null, "%"), "FUNCTION_NAME").size() > 500);
    for (ResultSet none : List.of(
        data.getCatalogs(), data.getProcedures(null, null, "%"), data.getImportedKeys(null, "leadwire", "deals"),
        data.getIndexInfo(null, "leadwire", "deals", false, true), data.getUDTs(null, null, "%", null))) none.close();
    return found;
  }

  private static List<Object> column(ResultSet result, String name) throws SQLException {
    List<Object> values = new ArrayList<>();
    while (result.next()) values.add(result.getString(name));
    result.close();
    return values;
  }

  /** The text of the error that a question ends with; null where it ends with none. */
  private static String refusal(Question question) {
    try {
      question.ask();
      return null;
    } catch (SQLException error) {
      return error.getMessage();
    }
  }

  private static String json(Object value) {
    if (value == null || value instanceof Number || value instanceof Boolean) return String.valueOf(value);
    if (value instanceof Map<?, ?> map) {
      List<String> members = new ArrayList<>();
      map.forEach((key, member) -> members.add(json(String.valueOf(key)) + ":" + json(member)));
      return "{" + String.join(",", members) + "}";
    }
    if (value instanceof List<?> list) return "[" + String.join(",", list.stream().map(Ask::json).toList()) + "]";
    StringBuilder text = new StringBuilder("\"");
    for (char letter : String.valueOf(value).toCharArray()) {
      if (letter == '"' || letter == '\\' || letter < ' ') text.append(String.format("\\u%04x", (int) letter));
      else text.append(letter);
    }
    return text.append('"').toString();
  }
}
