"""Asks as an analyst's notebook does, with clickhouse-connect and pandas.

Reads one JSON document from standard input ({host, port, tokens: {reader: token}, rows, refused}) and prints one: what each
reader was answered. What must fail is answered with the error's text.
"""

import json
import sys

import clickhouse_connect
from clickhouse_connect.driver.exceptions import ClickHouseError

TYPES = """SELECT toUInt8(200) AS small, toInt64(-9007199254740993) AS large, toUInt64(18446744073709551615) AS huge,
  0.1 AS float, toDecimal64('12.34', 2) AS money, 'Brăila ✓ ''q'' \\\\' AS text, CAST(NULL AS Nullable(String)) AS nothing,
  toDate('2025-03-30') AS day, toDateTime64('2025-03-30 01:30:00.125', 3, 'UTC') AS instant, [1, 2] AS numbers,
  map('a', 1) AS pairs, tuple(1, 'x') AS pair, true AS yes, toUUID('00000000-0000-0000-0000-00000000002a') AS id,
  toLowCardinality('low') AS low, CAST('won', 'Enum8(\\'open\\' = 0, \\'won\\' = 1)') AS outcome"""


def refusal(ask):
    """The text of the error that a question ends with; null where it ends with none."""
    try:
        ask()
    except ClickHouseError as error:
        return str(error)
    return None


def client_of(place, token, **options):
    """A client whose instants know their zone: by default they come without one, in UTC."""
    known = {"username": "ana", "password": token, "database": "leadwire", "tz_mode": "aware"}
    return clickhouse_connect.get_client(host=place["host"], port=place["port"], **known, **options)


def rows_of(client, statement):
    """Rows with instants as milliseconds, read one way and, the same, as a data frame."""
    plain = client.query(statement)
    rows = [[value if not hasattr(value, "timestamp") else round(value.timestamp() * 1000) for value in row] for row in plain.result_rows]
    frame = client.query_df(statement)
    return {
        "names": list(plain.column_names),
        "rows": rows,
        "frame_rows": len(frame),
        "frame_sum": int(frame["amount_minor"].sum()),
        "frame_types": {name: str(kind) for name, kind in frame.dtypes.items()},
    }


def streamed(client):
    """Rows and blocks of a large answer, and the sum of them."""
    total, rows, blocks = 0, 0, 0
    with client.query_row_block_stream("SELECT number FROM numbers(150000)") as stream:
        for block in stream:
            blocks += 1
            rows += len(block)
            total += sum(row[0] for row in block)
    return {"rows": rows, "total": total, "several_blocks": blocks > 1}


def left(client):
    """Leaves an answer without an end after its first block; the next question is answered."""
    with client.query_row_block_stream("SELECT number FROM numbers(4000000000)") as stream:
        first = len(next(iter(stream)))
    return {"read_some": first > 0, "next": client.command("SELECT 1")}


def parameters(client):
    values = {"text": "it's; DROP {x} \\ ", "number": 7, "day": "2025-03-30", "list": ["a", "b'"]}
    statement = "SELECT {text:String}, {number:UInt32} + 1, {day:Date}, {list:Array(String)}"
    bound = client.query("SELECT %(text)s, %(number)s + 1", parameters=values).first_row
    return {"of_server": client.query(statement, parameters=values).first_row, "of_client": bound}


def compressed(place, token):
    """The same bytes, however they travel."""
    answers = []
    for way in ("lz4", "zstd", "gzip", False):
        client = client_of(place, token, compress=way)
        answers.append(client.query("SELECT sum(number) FROM numbers(1000)").first_row[0])
        client.close()
    return answers


def asked(place, token):
    client = client_of(place, token)
    answer = {
        "ping": client.ping(),
        "types": [str(value) for value in client.query(TYPES).first_row],
        "rows": rows_of(client, place["rows"]),
        "streamed": streamed(client),
        "left": left(client),
        "parameters": parameters(client),
        "compressed": compressed(place, token),
        "tables": [row[0] for row in client.query("SHOW TABLES").result_rows],
        "columns": {row[0]: row[4] for row in client.query("DESCRIBE TABLE deals").result_rows},
        "csv": client.raw_query("SELECT 1 AS one, 'a' AS a", fmt="CSVWithNames").decode(),
        "settings": client.query("SELECT 1", settings={"max_execution_time": 5}).first_row[0],
        "unknown_column": refusal(lambda: client.query("SELECT nope FROM deals")),
        "broken_midway": refusal(
            lambda: client.query_df("SELECT number, intDiv(1, 300000 - number) AS x FROM numbers(400000)")
        ),
        "refused": {statement: refusal(lambda: client.query(statement)) for statement in place["refused"]},
        "insert": refusal(lambda: client.insert("deals", [["x"]], column_names=["deal_id"])),
    }
    client.close()
    return answer


def main():
    place = json.load(sys.stdin)
    answers = {reader: asked(place, token) for reader, token in place["tokens"].items()}
    answers["nobody"] = refusal(lambda: client_of(place, "lwt_00000000_" + "A" * 43))
    bearer = clickhouse_connect.get_client(host=place["host"], port=place["port"], access_token=place["tokens"]["all"])
    answers["bearer"] = bearer.command("SELECT count() FROM leadwire.deals")
    bearer.close()
    json.dump(answers, sys.stdout, default=str)


main()
