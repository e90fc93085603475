use super::fixture::Folder;

const FLOWS: &str = "\
2 123456789010 eni-1 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK
2 123456789010 eni-1 172.31.9.69 172.31.9.12 49761 3389 17 5 336 1418530010 1418530070 REJECT OK
";

fn folder() -> Folder {
    let folder = Folder::with_suite();
    folder.write("flows.log", FLOWS);
    folder.write("app.jsonl", "{\"srcAddr\":\"10.0.0.1\"}\n");
    folder
}

#[test]
fn flow_logs_are_recognised_by_their_first_line_with_a_note() {
    let text = "filter protocol = 17 | stats count(*) as n by srcAddr";
    let answer = folder().belfry(&[
        "query",
        "--text",
        text,
        "--file",
        "flows.log",
        "--format",
        "csv",
    ]);
    insta::assert_snapshot!(answer, @r###"
    exit 0
    ----- stdout -----
    srcAddr,n
    172.31.9.69,1
    ----- stderr -----
    note: the first line of flows.log is that of VPC flow logs: their fields are found; --log-type other reads JSON only
    "###);
}

#[test]
fn a_type_that_is_said_is_not_guessed() {
    let text = "fields srcAddr, bytes | sort bytes desc";
    let flags = [
        "query",
        "--text",
        text,
        "--file",
        "flows.log",
        "--format",
        "csv",
        "--log-type",
    ];
    let folder = folder();
    let said = |log_type| {
        let arguments: Vec<&str> = flags.into_iter().chain([log_type]).collect();
        folder.belfry(&arguments)
    };
    insta::assert_snapshot!(said("vpc-flow"), @r###"
    exit 0
    ----- stdout -----
    srcAddr,bytes
    172.31.16.139,4249
    172.31.9.69,336
    ----- stderr -----
    note: no line has a time that can be read: `@timestamp` counts lines in milliseconds from 1970-01-01
    "###);
    insta::assert_snapshot!(said("other"), @r###"
    exit 0
    ----- stdout -----
    srcAddr,bytes
    ,
    ,
    ----- stderr -----
    warning[C0103]: no event has a field `srcAddr`
     --> query:1:8
      |
    1 | fields srcAddr, bytes | sort bytes desc
      |        ^^^^^^^

    warning[C0103]: no event has a field `bytes`
     --> query:1:17
      |
    1 | fields srcAddr, bytes | sort bytes desc
      |                 ^^^^^        ----- and here

    note: no line has a time that can be read: `@timestamp` counts lines in milliseconds from 1970-01-01
    "###);
}

#[test]
fn a_file_of_another_format_than_said_is_refused() {
    let flags = [
        "query",
        "--text",
        "fields srcAddr",
        "--file",
        "app.jsonl",
        "--log-type",
        "vpc-flow",
    ];
    insta::assert_snapshot!(folder().belfry(&flags), @r###"
    exit 1
    ----- stdout -----
    ----- stderr -----
    error: the first line of app.jsonl is not in the default format of VPC flow logs
    hint: fields of other formats are taken out with `parse @message`; --log-type other reads JSON only
    "###);
}

#[test]
fn fields_of_an_account_are_refused_over_a_file() {
    let text = "fields @timestamp, @aws.account | filter @data_source_name = 'x'";
    let answer = folder().belfry(&["query", "--text", text, "--file", "app.jsonl"]);
    insta::assert_snapshot!(answer, @r###"
    exit 1
    ----- stdout -----
    ----- stderr -----
    error[Q0315]: the field `@aws.account` cannot be filled here: nothing here says which account and log group the events are of
     --> query:1:20
      |
    1 | fields @timestamp, @aws.account | filter @data_source_name = 'x'
      |                    ^^^^^^^^^^^^
      |
      = help: over the log group itself the query finds it

    error[Q0315]: the field `@data_source_name` cannot be filled here: nothing here says which account and log group the events are of
     --> query:1:42
      |
    1 | fields @timestamp, @aws.account | filter @data_source_name = 'x'
      |                                          ^^^^^^^^^^^^^^^^^
      |
      = help: over the log group itself the query finds it

    error: the query is refused
    hint: `belfry explain CODE` tells more about a code
    "###);
}

#[test]
fn fields_of_a_log_group_are_missing_over_a_file_with_a_note() {
    let text = "fields @log, @ingestionTime, srcAddr";
    let answer = folder().belfry(&[
        "query",
        "--text",
        text,
        "--file",
        "app.jsonl",
        "--format",
        "csv",
    ]);
    insta::assert_snapshot!(answer, @r###"
    exit 0
    ----- stdout -----
    @log,@ingestionTime,srcAddr
    ,,10.0.0.1
    ----- stderr -----
    note: no line has a time that can be read: `@timestamp` counts lines in milliseconds from 1970-01-01
    note: a file has no `@log` and `@ingestionTime`: only log groups fill it
    "###);
}

const REQUESTS: &str = "\
https 2026-04-20T10:00:00.186641Z app/lb/1 10.0.0.1:2817 10.1.0.1:80 0.001 0.120 0.000 200 200 34 366 \"GET https://a.example:443/v1?q=1 HTTP/1.1\" \"curl/8\" TLS_AES_128_GCM_SHA256 TLSv1.3
https 2026-04-20T10:00:01.186641Z app/lb/1 2001:db8::1:2817 - -1 -1 -1 502 - 34 366 \"GET https://a.example:443/v2 HTTP/1.1\" \"curl/8\" TLS_AES_128_GCM_SHA256 TLSv1.3
";

#[test]
fn access_logs_have_the_columns_of_athenas_table_and_the_time_of_the_answer() {
    let folder = folder();
    folder.write("alb.log", REQUESTS);
    let text = "fields @timestamp, client_ip, target_ip, elb_status_code, request_url | sort elb_status_code desc";
    let answer = folder.belfry(&[
        "query",
        "--text",
        text,
        "--file",
        "alb.log",
        "--from",
        "2026-04-20T10:00:00Z",
        "--to",
        "2026-04-20T11:00:00Z",
        "--format",
        "csv",
        "--quiet",
    ]);
    insta::assert_snapshot!(answer, @r###"
    exit 0
    ----- stdout -----
    @timestamp,client_ip,target_ip,elb_status_code,request_url
    2026-04-20 10:00:01.186,2001:db8::1,,502,https://a.example:443/v2
    2026-04-20 10:00:00.186,10.0.0.1,10.1.0.1,200,https://a.example:443/v1?q=1
    ----- stderr -----
    "###);
}

#[test]
fn lines_of_other_kinds_in_a_load_balancers_file_are_told_with_byte_and_reason() {
    let access = "http 2026-04-20T10:00:00.186641Z app/lb/1 192.0.2.1:2817 - -1 -1 -1 503 - 34 366 \"GET http://a:80/ HTTP/1.1\" \"curl/7\" - -";
    let check = "http 2026-04-20T10:00:01.250000Z 5.000 10.0.0.1:80 blue FAIL - TimedOut";
    let open = access.replace("curl/7\"", "curl/7");
    let folder = folder();
    folder.write("alb.log", &format!("{access}\r\n{check}\r\n{open}\r\n"));
    let text = "stats count(*) as n by elb_status_code";
    let flags = [
        "query", "--text", text, "--file", "alb.log", "--format", "csv",
    ];
    insta::assert_snapshot!(folder.belfry(&flags), @r###"
    exit 0
    ----- stdout -----
    elb_status_code,n
    503,1
    ,2
    ----- stderr -----
    note: lines that are not of access logs of load balancers have no fields; the first, `http 2026-04-20T10:00:01.250000Z 5.000 1…`, is refused at byte 51: `target:port` is `blue`, expected an address with its port behind the last colon
    note: the first line of alb.log is that of access logs of load balancers: their fields are found; --log-type other reads JSON only
    "###);
    let said = [&flags[..], &["--log-type", "alb-connection"]].concat();
    insta::assert_snapshot!(folder.belfry(&said), @r###"
    exit 1
    ----- stdout -----
    ----- stderr -----
    error: the first line of alb.log is not in the default format of connection logs of load balancers: byte 0: `timestamp` is `http`, expected a time such as `2026-04-20T10:00:00.250000Z`
    hint: fields of other formats are taken out with `parse @message`; --log-type other reads JSON only
    "###);
}
