use super::fixture::{BELFRY_TOML, Folder};

const LOG: &str = r#"{"timestamp":"2026-04-20T10:00:00Z","status":500}
{"timestamp":"2026-04-20T10:05:00Z","status":200}
{"timestamp":"2026-04-20T10:05:01Z","status":200}
{"timestamp":"2026-04-20T10:15:00Z","status":"a|b"}
"#;

fn with_log() -> Folder {
    let folder = Folder::with_suite();
    folder.write("app.jsonl", LOG);
    folder
}

#[test]
fn a_saved_query_is_shown_with_what_is_known_of_it() {
    insta::assert_snapshot!(with_log().belfry(&["query", "errors", "--show"]), @r###"
    exit 0
    ----- stdout -----
    query        errors
    answers      Errors by endpoint.
    looks into   /demo/app
    deployed as  demo/errors
    file         queries/insights/errors.cwli

    # description: Errors by endpoint.
    # log-groups: /demo/app
    filter level = "ERROR"
    | stats count(*) as n by endpoint
    | sort n desc
    ----- stderr -----
    "###);
}

#[test]
fn markdown_is_a_table_that_pipes_do_not_break() {
    let arguments = [
        "query",
        "--text",
        "fields status | sort @timestamp desc | limit 2",
        "--file",
        "app.jsonl",
        "--format",
        "markdown",
    ];
    insta::assert_snapshot!(with_log().stdout(&arguments), @r###"
    | status |
    | --- |
    | a\|b |
    | 200 |
    "###);
}

#[test]
fn counts_per_bin_have_a_line_of_bars() {
    let text = "stats count(*) as requests by bin(5m)";
    let answer = with_log().stdout(&["query", "--text", text, "--file", "app.jsonl"]);
    assert!(answer.contains("requests  ▄█▄  0 to 2"), "{answer}");
}

#[test]
fn a_link_opens_the_same_query_in_the_console() {
    let folder = with_log();
    let text = "fields @timestamp, @message\n| sort @timestamp desc\n| limit 20";
    let base = [
        "query",
        "--text",
        text,
        "--log-group",
        "/aws/lambda/my-fn",
        "--utc",
        "--link",
    ];
    assert_eq!(
        folder.stdout(&base).trim_end(),
        "https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#logsV2:logs-insights\
         $3FqueryDetail$3D~(end~0~start~-3600~timeType~'RELATIVE~tz~'UTC~unit~'seconds~editorString~\
         'fields*20*40timestamp*2c*20*40message*0a*7c*20sort*20*40timestamp*20desc*0a*7c*20limit*2020\
         ~source~(~'*2faws*2flambda*2fmy-fn)~lang~'CWLI)"
    );
    let absolute = ["--from", "2026-04-20 10:00", "--to", "11:00"];
    let arguments: Vec<&str> = base.into_iter().chain(absolute).collect();
    let link = folder.stdout(&arguments);
    let times = "~(end~'2026-04-20T11*3a00*3a00.000Z~start~'2026-04-20T10*3a00*3a00.000Z~timeType~'ABSOLUTE~tz~'UTC~editor";
    assert!(link.contains(times), "{link}");
}

#[test]
fn a_query_without_parameters_takes_none() {
    let answer = with_log().belfry(&[
        "query",
        "errors",
        "--param",
        "level=WARN",
        "--file",
        "app.jsonl",
    ]);
    insta::assert_snapshot!(answer, @r###"
    exit 2
    ----- stdout -----
    ----- stderr -----
    error: the query `errors` has no parameter `level`
    hint: it takes no parameters
    "###);
}

#[test]
fn a_text_that_is_surely_wrong_is_not_sent_to_the_account() {
    let folder = with_log();
    let account = "\n[env.prod]\naccount = \"111122223333\"\nregion = \"eu-central-1\"\n";
    folder.write("belfry.toml", &format!("{BELFRY_TOML}{account}"));
    let arguments = [
        "query",
        "--env",
        "prod",
        "--text",
        "filter a = \"b",
        "--log-group",
        "/x",
    ];
    let answer = folder.belfry(&arguments);
    assert!(answer.contains("error[Q0102]"), "{answer}");
    assert!(answer.contains("error: the query is refused"), "{answer}");
}

#[test]
fn a_field_that_no_event_has_is_said_with_its_neighbour() {
    let text = "stats count(*) as n by statsu, status";
    let arguments = [
        "query",
        "--text",
        text,
        "--file",
        "app.jsonl",
        "--format",
        "csv",
    ];
    let answer = with_log().belfry(&arguments);
    let (_, warnings) = answer.split_once("----- stderr -----\n").unwrap();
    insta::assert_snapshot!(warnings, @r###"
    warning[C0103]: no event has a field `statsu`
     --> query:1:24
      |
    1 | stats count(*) as n by statsu, status
      |                        ^^^^^^
      |
    help: a field with a similar name exists
      |
    1 - stats count(*) as n by statsu, status
    1 + stats count(*) as n by status, status
      |
    "###);
    let json = with_log().belfry(&[&arguments[..6], &["json"]].concat());
    let note = "no event has a field `statsu`; a field with a similar name exists: `status`";
    assert!(json.contains(note), "{json}");
}
