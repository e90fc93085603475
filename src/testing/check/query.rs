use belfry_engine::base::TimeRange;
use belfry_engine::diag::{Diagnostic, test as codes};

use crate::aws::{CloudError, QueryRequest, Ran, Session};
use crate::testing::failure::Side;
use crate::testing::{Failure, QueryAsked, QueryExpected};

/// Holds the answer of a query against the one expected.
pub(in crate::testing) async fn query(
    expected: &QueryExpected,
    session: &Session,
    failures: &mut Vec<Failure>,
) {
    let asked = &expected.asked;
    let called = asked.name.as_ref().map_or_else(
        || "the query".to_owned(),
        |name| format!("the query `{name}`"),
    );
    let answer = match answer(asked, session).await {
        Ok(answer) => answer,
        Err(error) => {
            let message = format!("{called} is refused: {error}");
            let diagnostic = Diagnostic::error(&codes::REFUSED, expected.at, message);
            failures.push(Failure::plain(diagnostic));
            return;
        }
    };
    let columns = expected.columns.as_ref();
    let columns_equal = columns.is_none_or(|columns| *columns == answer.columns);
    if columns_equal && expected.rows == answer.rows {
        return;
    }
    let mut sides = Vec::new();
    if let Some(columns) = columns {
        sides.push(side(
            "columns".to_owned(),
            Some(columns),
            Some(&answer.columns),
        ));
    }
    for row in 0..expected.rows.len().max(answer.rows.len()) {
        let place = format!("row {}", row + 1);
        sides.push(side(place, expected.rows.get(row), answer.rows.get(row)));
    }
    failures.push(Failure {
        diagnostic: Diagnostic::error(
            &codes::WRONG_TABLE,
            expected.at,
            format!("{called} answers another table"),
        ),
        sides,
    });
}

struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

async fn answer(asked: &QueryAsked, session: &Session) -> Result<Table, CloudError> {
    let request = QueryRequest {
        text: &asked.text,
        log_groups: &asked.log_groups,
        range: TimeRange {
            start: asked.from,
            end: asked.now,
        },
        limit: None,
    };
    let ran = session
        .run_query(&request, &mut |_| true, std::future::pending())
        .await?;
    Ok(match ran {
        Ran::Complete(results) => Table {
            columns: results.columns,
            rows: results
                .rows
                .into_iter()
                .map(|row| row.cells.into_iter().map(Option::unwrap_or_default))
                .map(Iterator::collect)
                .collect(),
        },
        Ran::Stopped(_) => Table {
            columns: Vec::new(),
            rows: Vec::new(),
        },
    })
}

fn side(place: String, expected: Option<&Vec<String>>, got: Option<&Vec<String>>) -> Side {
    let shown = |cells: Option<&Vec<String>>| match cells {
        Some(cells) => cells.join(" | "),
        None => String::new(),
    };
    let (left, right) = (shown(expected), shown(got));
    // Cells that hold the separator, or an empty row beside none, would look equal and are not.
    let reason = match left == right && expected != got {
        true => "the cells are divided otherwise".to_owned(),
        false => String::new(),
    };
    Side {
        place,
        expected: left,
        got: right,
        reason,
    }
}
