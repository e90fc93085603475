use belfry_engine::catalog::{Kind, Statement};

use super::engine::{self, Answered, Query};
use super::execution::{Ending, Execution, Rows};
use super::prepared::LONGEST_QUERY;
use super::refusals::{check_catalog, coded, invalid, request_token, store, text, workgroup};
use super::results;
use super::store::{AthenaStore, Known};
use super::workgroup::{RESULT_MEMBERS, ResultConfiguration, WorkGroup};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `StartQueryExecution`: a statement of the catalogue is run at once; a query goes to the engine.
pub(super) const OPERATION: Operation = Operation {
    name: "StartQueryExecution",
    mutates: true,
    members: &[
        "QueryString",
        "ClientRequestToken",
        "QueryExecutionContext",
        "ResultConfiguration",
        "WorkGroup",
        "ExecutionParameters",
        "ResultReuseConfiguration",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let query = text(input, "QueryString", LONGEST_QUERY)?;
    let token = request_token(input)?;
    let asked = asked(input);
    if let Some(token) = token {
        match store(cx).token(token, &asked) {
            Known::Same(id) => return Ok(answer(&id)),
            Known::Other => return Err(invalid("Idempotent parameters do not match")),
            Known::New => {}
        }
    }
    let group = workgroup(store(cx), input)?.clone();
    if !group.is_enabled {
        return Err(invalid(format!("WorkGroup {} is disabled.", group.name)));
    }
    check_reuse(input)?;
    let folder = output_folder(input, &group)?;
    let mut execution = prepare(input, query, &group)?;
    let statement =
        Statement::parse(query).map_err(|error| coded("MALFORMED_QUERY", error.to_string()))?;
    results::check_bucket(cx, &folder)?;
    let now = cx.now;
    execution.id = cx.account.ids.next("athena-query", now);
    execution.submitted = now;
    let extension = if statement.is_some() { "txt" } else { "csv" };
    execution.output = format!(
        "{}/{}.{extension}",
        folder.trim_end_matches('/'),
        execution.id
    );
    match statement {
        Some(statement) => run_statement(store(cx), &statement, &mut execution),
        None => run_query(cx, &group, &mut execution)?,
    }
    results::write(cx, &execution)?;
    let id = execution.id.clone();
    let store = store(cx);
    store.executions.push(execution);
    if let Some(token) = token {
        store.remember(token, asked, &id);
    }
    Ok(answer(&id))
}

fn answer(id: &str) -> Document {
    Document::structure([("QueryExecutionId", Document::from(id))])
}

/// All of the request but its token.
fn asked(input: &Input<'_>) -> Document {
    let members = OPERATION
        .members
        .iter()
        .filter(|name| **name != "ClientRequestToken");
    Document::structure(
        members.map(|name| (*name, input.get(name).cloned().unwrap_or(Document::Null))),
    )
}

/// Results of earlier queries are not reused here; asking for it changes nothing of an answer, so it is allowed.
fn check_reuse(input: &Input<'_>) -> Result<(), Fault> {
    let Some(reuse) = input.structure("ResultReuseConfiguration")? else {
        return Ok(());
    };
    reuse.only(&["ResultReuseByAgeConfiguration"])?;
    let Some(by_age) = reuse.structure("ResultReuseByAgeConfiguration")? else {
        return Ok(());
    };
    by_age.only(&["Enabled", "MaxAgeInMinutes"])?;
    let age = by_age.optional_i64("MaxAgeInMinutes")?.unwrap_or(60);
    match (0..=10_080).contains(&age) {
        true => Ok(()),
        false => {
            let range = "Member must have value between 0 and 10080";
            Err(by_age.constraint("MaxAgeInMinutes", &age.to_string(), range))
        }
    }
}

/// Where the result goes: the workgroup's folder where it is enforced or the caller names none.
fn output_folder(input: &Input<'_>, group: &WorkGroup) -> Result<String, Fault> {
    let mut own = ResultConfiguration::default();
    if let Some(result) = input.structure("ResultConfiguration")? {
        result.only(RESULT_MEMBERS)?;
        own.read(&result)?;
    }
    let of_group = group.result.location.clone();
    let folder = match group.is_enforced {
        true => of_group,
        false => own.location.or(of_group),
    };
    folder.ok_or_else(|| {
        invalid(
            "No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.",
        )
    })
}

fn prepare(input: &Input<'_>, query: &str, group: &WorkGroup) -> Result<Execution, Fault> {
    let (mut database, mut catalog) = (None, None);
    if let Some(context) = input.structure("QueryExecutionContext")? {
        context.only(&["Database", "Catalog"])?;
        database = context.optional_str("Database")?.map(str::to_lowercase);
        catalog = context.optional_str("Catalog")?.map(str::to_lowercase);
        if let Some(catalog) = &catalog {
            check_catalog(catalog)?;
        }
    }
    let parameters = input.strings("ExecutionParameters")?;
    Ok(Execution {
        id: String::new(),
        text: query.to_owned(),
        kind: "DML",
        substatement: None,
        workgroup: group.name.clone(),
        engine: group.engine_version(),
        database,
        catalog,
        parameters: parameters.into_iter().map(str::to_owned).collect(),
        output: String::new(),
        submitted: belfry_engine::base::Millis(0),
        bytes_scanned: 0,
        ending: Ending::Succeeded(Rows::default()),
    })
}

fn run_statement(store: &mut AthenaStore, statement: &Statement, execution: &mut Execution) {
    execution.kind = match statement.kind() {
        Kind::Ddl => "DDL",
        Kind::Utility => "UTILITY",
    };
    execution.substatement = Some(statement.substatement().to_owned());
    let database = execution.database.as_deref().unwrap_or("default");
    execution.ending = match store.catalog.run(statement, database, execution.submitted) {
        Ok(answer) => Ending::Succeeded(Rows {
            columns: answer
                .columns
                .iter()
                .map(|name| ((*name).to_owned(), "string".to_owned()))
                .collect(),
            sizes: Vec::new(),
            rows: answer.rows.into_iter().map(|row| vec![Some(row)]).collect(),
        }),
        Err(failure) => Ending::Failed(failure.0),
    };
}

fn run_query(
    cx: &mut Context<'_>,
    group: &WorkGroup,
    execution: &mut Execution,
) -> Result<(), Fault> {
    execution.substatement = Some("SELECT".to_owned());
    let (now, catalog) = (cx.now, store(cx).catalog.clone());
    let answered = engine::run(&Query {
        text: &execution.text,
        parameters: &execution.parameters,
        database: execution.database.as_deref().unwrap_or("default"),
        catalog: &catalog,
        objects: &cx.stores.s3,
        now,
        bytes_scanned_cutoff: group.bytes_scanned_cutoff,
    })?;
    (execution.ending, execution.bytes_scanned) = match answered {
        Answered::Rows(rows, bytes) => (Ending::Succeeded(rows), bytes),
        Answered::Failed(reason, bytes) => (Ending::Failed(reason), bytes),
        Answered::Cancelled(reason, bytes) => (Ending::Cancelled(reason), bytes),
    };
    Ok(())
}
