use std::sync::Arc;

use belfry_engine::base::Millis;
use belfry_engine::catalog::{Kind, Statement};

use super::check::check_query;
use super::execution::{Ending, Execution, Rows};
use super::job::Job;
use super::prepared::{LONGEST_QUERY, executed};
use super::refusals::{check_catalog, coded, invalid, request_token, store, text, workgroup};
use super::results::{self, text_column};
use super::store::{AthenaStore, Known};
use super::workgroup::{RESULT_MEMBERS, ResultConfiguration, WorkGroup};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `StartQueryExecution`: a statement of the catalogue is run at once; a query runs beside the calls.
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
    let now = cx.now;
    // Refused before anything is made.
    let job = match &statement {
        None => Some(query_of(store(cx), &execution, now)?),
        Some(_) => None,
    };
    results::check_bucket(cx, &folder)?;
    execution.id = cx.account.ids.next("athena-query", now);
    execution.submitted = now;
    let extension = if statement.is_some() { "txt" } else { "csv" };
    execution.output = format!(
        "{}/{}.{extension}",
        folder.trim_end_matches('/'),
        execution.id
    );
    match statement {
        Some(statement) => run_statement(cx, &statement, &mut execution)?,
        None => take_query(cx, &group, job.unwrap_or_default(), &mut execution),
    }
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

/// Results of earlier queries are not reused here.
fn check_reuse(input: &Input<'_>) -> Result<(), Fault> {
    let Some(reuse) = input.structure("ResultReuseConfiguration")? else {
        return Ok(());
    };
    reuse.only(&["ResultReuseByAgeConfiguration"])?;
    let Some(by_age) = reuse.structure("ResultReuseByAgeConfiguration")? else {
        return Ok(());
    };
    by_age.only(&["Enabled", "MaxAgeInMinutes"])?;
    if by_age.optional_bool("Enabled")? == Some(true) {
        return Err(invalid(
            "reuse of earlier results is not supported by this endpoint: leave ResultReuseByAgeConfiguration out, or its Enabled false",
        ));
    }
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
        submitted: Millis(0),
        completed: None,
        bytes_scanned: 0,
        queued: 0,
        ran: 0,
        note: None,
        progress: Arc::default(),
        ending: None,
    })
}

fn run_statement(
    cx: &mut Context<'_>,
    statement: &Statement,
    execution: &mut Execution,
) -> Result<(), Fault> {
    execution.kind = match statement.kind() {
        Kind::Ddl => "DDL",
        Kind::Utility => "UTILITY",
    };
    execution.substatement = Some(statement.substatement().to_owned());
    let now = execution.submitted;
    let catalog = &mut store(cx).catalog;
    let ending = match catalog.run(statement, database(execution), now) {
        Ok(answer) => {
            let columns = answer.columns.iter().map(|name| text_column(name));
            let rows = Rows {
                columns: columns.collect(),
                rows: answer.rows.into_iter().map(|row| vec![Some(row)]).collect(),
            };
            results::write_text(cx, &execution.output, &rows)?;
            Ending::Succeeded(rows)
        }
        Err(failure) => Ending::Failed(failure.0),
    };
    execution.end(ending, now);
    Ok(())
}

/// The query itself, which may be a prepared statement's, and the values of its `?`; refused where Athena would not take it.
fn query_of(
    store: &AthenaStore,
    execution: &Execution,
    now: Millis,
) -> Result<(String, Vec<String>), Fault> {
    let own = &execution.parameters;
    let (text, mut parameters) = match executed(store, &execution.workgroup, &execution.text)? {
        Some(executed) => executed,
        None => (execution.text.clone(), Vec::new()),
    };
    parameters.extend(own.iter().cloned());
    let tables = (&store.catalog, database(execution));
    check_query(&text, &parameters, tables, now)?;
    Ok((text, parameters))
}

/// Puts a query where it is taken to be run.
fn take_query(
    cx: &mut Context<'_>,
    group: &WorkGroup,
    (text, parameters): (String, Vec<String>),
    execution: &mut Execution,
) {
    execution.substatement = Some("SELECT".to_owned());
    let region = cx.region.to_owned();
    let store = store(cx);
    store.jobs.push(Job {
        id: execution.id.clone(),
        region,
        text,
        parameters,
        database: database(execution).to_owned(),
        catalog: store.catalog.clone(),
        submitted: execution.submitted,
        cutoff: group
            .bytes_scanned_cutoff
            .and_then(|most| u64::try_from(most).ok()),
        progress: Arc::clone(&execution.progress),
    });
}

/// The database of names without one.
fn database(execution: &Execution) -> &str {
    execution.database.as_deref().unwrap_or("default")
}
