"""Athena through boto3: the catalogue by SQL, queries with paging and their CSV, what is cut off, and everything that is kept by name."""

import gzip
import time

import athena_lines
from talk import client, expect, refused

BUCKET = "peers-athena"
TABLE = f"""CREATE EXTERNAL TABLE IF NOT EXISTS lines (client string, status int, path string)
ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe' WITH SERDEPROPERTIES ('input.regex'='([^ ]*) ([0-9]*) (.*)')
LOCATION 's3://{BUCKET}/lines/'"""


def run(athena, text, state="SUCCEEDED", **options):
    started = athena.start_query_execution(
        QueryString=text, WorkGroup="peers", QueryExecutionContext={"Database": "peers"}, **options)
    while True:
        found = athena.get_query_execution(QueryExecutionId=started["QueryExecutionId"])["QueryExecution"]
        if found["Status"]["State"] not in ("QUEUED", "RUNNING"):
            break
        time.sleep(0.05)
    expect(found["Status"]["State"], state, f"{text}: {found['Status'].get('StateChangeReason')}")
    return found


def rows(athena, found, size=1000):
    pages = athena.get_paginator("get_query_results").paginate(
        QueryExecutionId=found["QueryExecutionId"], PaginationConfig={"PageSize": size})
    return [[cell.get("VarCharValue") for cell in row["Data"]] for page in pages for row in page["ResultSet"]["Rows"]]


def main(url):
    s3, athena = client("s3", url), client("athena", url)
    s3.create_bucket(Bucket=BUCKET)
    lines = "10.0.0.1 200 /a\n10.0.0.2 502 /b, \"c\"\n10.0.0.1 503 /b\nno row\n"
    s3.put_object(Bucket=BUCKET, Key="lines/one.gz", Body=gzip.compress(lines.encode()))
    arn = workgroups(athena)
    queries(athena, s3)
    kept(athena)
    access_logs(athena, s3)
    athena.untag_resource(ResourceARN=arn, TagKeys=["team"])
    athena.delete_work_group(WorkGroup="peers", RecursiveDeleteOption=True)
    refused(athena.get_work_group, "InvalidRequestException", WorkGroup="peers")


def workgroups(athena):
    configuration = {
        "ResultConfiguration": {"OutputLocation": f"s3://{BUCKET}/results/"}, "EnforceWorkGroupConfiguration": True,
        "PublishCloudWatchMetricsEnabled": False, "BytesScannedCutoffPerQuery": 20_000_000,
    }
    athena.create_work_group(Name="peers", Configuration=configuration, Tags=[{"Key": "team", "Value": "peers"}])
    refused(athena.create_work_group, "InvalidRequestException", Name="peers", Configuration=configuration)
    found = athena.get_work_group(WorkGroup="peers")["WorkGroup"]
    expect({key: found["Configuration"][key] for key in configuration}, configuration, "the workgroup")
    athena.update_work_group(WorkGroup="peers", Description="of peers", ConfigurationUpdates={"BytesScannedCutoffPerQuery": 10_000_000})
    listed = {one["Name"]: one.get("Description") for one in athena.list_work_groups()["WorkGroups"]}
    expect((listed["peers"], "primary" in listed), ("of peers", True), "the workgroups")
    arn = "arn:aws:athena:us-east-1:000000000000:workgroup/peers"
    athena.tag_resource(ResourceARN=arn, Tags=[{"Key": "env", "Value": "test"}])
    tags = athena.list_tags_for_resource(ResourceARN=arn)["Tags"]
    expect({tag["Key"]: tag["Value"] for tag in tags}, {"env": "test", "team": "peers"}, "the workgroup's tags")
    return arn


def queries(athena, s3):
    run(athena, "CREATE DATABASE IF NOT EXISTS peers")
    run(athena, TABLE)
    refused(athena.start_query_execution, "InvalidRequestException", QueryString="SELEC 1", WorkGroup="peers")
    failed = run(athena, "SELECT stat FROM lines", "FAILED")
    expect(failed["Status"]["StateChangeReason"].startswith("COLUMN_NOT_FOUND"), True, failed["Status"]["StateChangeReason"])
    found = run(athena, "SELECT client, status, path FROM lines ORDER BY status, path")
    wanted = [["client", "status", "path"], ["10.0.0.1", "200", "/a"], ["10.0.0.2", "502", '/b, "c"'], ["10.0.0.1", "503", "/b"],
              [None, None, None]]
    for size in (1, 2, 1000):
        expect(rows(athena, found, size), wanted, f"the rows, {size} a page")
    place = found["ResultConfiguration"]["OutputLocation"]
    expect(place, f"s3://{BUCKET}/results/{found['QueryExecutionId']}.csv", "the place of the result")
    csv = s3.get_object(Bucket=BUCKET, Key=place.split("/", 3)[3])["Body"].read().decode()
    expect(csv, '"client","status","path"\n"10.0.0.1","200","/a"\n"10.0.0.2","502","/b, ""c"""\n"10.0.0.1","503","/b"\n,,\n', "the CSV")
    counted = run(athena, "SELECT count(*) AS n FROM lines WHERE status >= ?", ExecutionParameters=["500"])
    expect(rows(athena, counted), [["n"], ["2"]], "a query with a parameter")
    expect(counted["Statistics"]["DataScannedInBytes"] > 0, True, "bytes scanned")
    ids = athena.list_query_executions(WorkGroup="peers")["QueryExecutionIds"]
    expect(ids[0], counted["QueryExecutionId"], "the newest execution")
    batch = athena.batch_get_query_execution(QueryExecutionIds=[ids[0], "00000000-0000-0000-0000-000000000000"])
    expect((len(batch["QueryExecutions"]), len(batch["UnprocessedQueryExecutionIds"])), (1, 1), "executions by id")
    athena.stop_query_execution(QueryExecutionId=ids[0])
    expect(athena.get_query_execution(QueryExecutionId=ids[0])["QueryExecution"]["Status"]["State"], "SUCCEEDED", "one stopped too late")
    long = "SELECT count(*) FROM UNNEST(sequence(1, 2000)) AS a(x) CROSS JOIN UNNEST(sequence(1, 2000)) AS b(y)"
    running = athena.start_query_execution(QueryString=long, WorkGroup="peers")["QueryExecutionId"]
    refused(athena.get_query_results, "InvalidRequestException", QueryExecutionId=running)
    athena.stop_query_execution(QueryExecutionId=running)
    expect(athena.get_query_execution(QueryExecutionId=running)["QueryExecution"]["Status"]["State"], "CANCELLED", "one stopped in time")
    found = athena.get_table_metadata(CatalogName="AwsDataCatalog", DatabaseName="peers", TableName="lines")["TableMetadata"]
    expect([(c["Name"], c["Type"]) for c in found["Columns"]], [("client", "string"), ("status", "int"), ("path", "string")], "columns")
    listed = athena.list_table_metadata(CatalogName="AwsDataCatalog", DatabaseName="peers")["TableMetadataList"]
    expect([table["Name"] for table in listed], ["lines"], "tables")
    expect(athena.get_database(CatalogName="AwsDataCatalog", DatabaseName="peers")["Database"]["Name"], "peers", "the database")
    names = [one["Name"] for one in athena.list_databases(CatalogName="AwsDataCatalog")["DatabaseList"]]
    expect(names, ["default", "peers"], "databases")
    expect(athena.get_data_catalog(Name="AwsDataCatalog")["DataCatalog"]["Type"], "GLUE", "the catalogue")
    expect(athena.list_data_catalogs()["DataCatalogsSummary"][0]["CatalogName"], "AwsDataCatalog", "catalogues")


def kept(athena):
    """Named queries and prepared statements."""
    made = {"Name": "errors", "Database": "peers", "QueryString": "SELECT 1", "WorkGroup": "peers", "Description": "d"}
    query = athena.create_named_query(**made)["NamedQueryId"]
    expect(athena.get_named_query(NamedQueryId=query)["NamedQuery"], {**made, "NamedQueryId": query}, "the named query")
    athena.update_named_query(NamedQueryId=query, Name="errors", Description="e", QueryString="SELECT 2")
    expect(athena.list_named_queries(WorkGroup="peers")["NamedQueryIds"], [query], "named queries")
    found = athena.batch_get_named_query(NamedQueryIds=[query])["NamedQueries"][0]
    expect((found["QueryString"], found["Description"]), ("SELECT 2", "e"), "the named query changed")
    athena.delete_named_query(NamedQueryId=query)
    statement = {"StatementName": "by_status", "WorkGroup": "peers"}
    athena.create_prepared_statement(QueryStatement="SELECT path FROM lines WHERE status = ?", **statement)
    text = "SELECT path FROM lines WHERE status > ? ORDER BY path"
    athena.update_prepared_statement(QueryStatement=text, **statement)
    expect(athena.get_prepared_statement(**statement)["PreparedStatement"]["QueryStatement"], text, "the statement")
    listed = athena.list_prepared_statements(WorkGroup="peers")["PreparedStatements"]
    expect([one["StatementName"] for one in listed], ["by_status"], "prepared statements")
    athena.delete_prepared_statement(**statement)
    refused(athena.get_prepared_statement, "ResourceNotFoundException", **statement)


def access_logs(athena, s3):
    """A workgroup's limit cuts off what would read more: lines of a load balancer, too long to be read through."""
    body = "\n".join(athena_lines.access(30_000, 3)).encode()
    s3.put_object(Bucket=BUCKET, Key="long/one.log", Body=body)
    expect(len(body) > 10_000_000, True, "enough lines")
    run(athena, TABLE.replace(" lines ", " long ").replace("/lines/", "/long/"))
    found = run(athena, "SELECT count(path) FROM long", "CANCELLED")
    expect("limit" in found["Status"]["StateChangeReason"].lower(), True, found["Status"]["StateChangeReason"])
    run(athena, "DROP TABLE lines")
    run(athena, "DROP DATABASE peers CASCADE")
