use std::collections::BTreeMap;
use std::sync::Arc;

use belfry_engine::base::{Clock, Millis, VirtualClock};
use belfry_engine::metrics::{Dimensions, MetricId, MetricStat, Statistic};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::arguments::QuestionArguments;
use super::asking::Asking;
use super::budgets::budgets;
use crate::aws::Session;
use crate::cli::connection::{Loaded, connect};
use crate::cli::{CommandError, Context, Kind};
use crate::cost::asked::Question;
use crate::cost::statement::{Statement, Told, owner};
use crate::endpoint::{Endpoint, Settings};

/// A statement and what it rests on.
pub(super) struct Gathered {
    pub(super) statement: Statement,
    pub(super) told: Told,
    /// Where metrics are; none for exports of an environment that is not asked.
    pub(super) metrics: Option<Session>,
    pub(super) asking: Asking,
    /// Whether Cost Explorer is the embedded one.
    pub(super) local: bool,
    /// Whether it may answer from what a local run was metered at.
    pub(super) metered: bool,
    /// Why the account was not asked for its budgets.
    pub(super) budget_note: Option<String>,
    /// Why it is not known how many transactions were scored.
    pub(super) unscored: Option<CommandError>,
}

impl Gathered {
    /// The first and the last day of which costs are known: Cost Explorer is behind by a day, at times by more.
    pub(super) fn known(&self) -> Option<(Date, Date)> {
        let rows = self.told.rows.iter().filter(|row| !row.amount.is_zero());
        let days = rows.map(|row| row.day);
        days.clone().min().zip(days.max())
    }

    /// A word on days that are over and have no costs yet.
    pub(super) fn behind(&self) -> Option<String> {
        let yesterday = self.statement.today.yesterday().ok()?;
        let Some((_, last)) = self.known() else {
            let since = self.told.since;
            return Some(format!("no costs are known since {since}"));
        };
        (last < yesterday).then(|| {
            format!("no costs are known yet of days after {last}: Cost Explorer is behind by a day, at times by more")
        })
    }
}

/// The namespace and the metric that say how many transactions were scored.
const SCORED: (&str, &str) = ("FraudDetection", "RequestCount");

/// Asks everything that a statement needs.
pub(super) async fn gather(
    cx: &Context,
    loaded: &Loaded,
    arguments: &QuestionArguments,
) -> Result<Gathered, CommandError> {
    let now = cx.clock.now();
    let today = arguments.day.unwrap_or_else(|| date(now));
    let environment = &loaded.suite.environment;
    let over_files = !arguments.file.is_empty();
    let local = environment.is_local() || over_files;
    let metrics = match over_files && !environment.is_local() {
        true => None,
        false => Some(connect(cx, loaded).await?),
    };
    let session = match &metrics {
        Some(session) if !over_files => session.clone(),
        _ => over_exports(cx, loaded, arguments, today)?,
    };
    let folder = loaded
        .folder
        .join(".belfry")
        .join("costs")
        .join(&environment.name);
    let kept = (!local).then_some(folder.as_path());
    let mut asking = Asking::new(kept, &environment.account, arguments.refresh, now)?;
    let account = (arguments.file.is_empty()).then_some(&session);
    let (budgets, budget_note) = budgets(account, loaded, arguments, today).await?;
    let mut since = since(today);
    if local {
        // Here a longer answer costs nothing.
        let periods = budgets.iter().map(|budget| budget.period.0);
        since = periods.fold(since, Date::min);
    }
    let mut told = Told {
        rows: rows(&session, &mut asking, arguments, (since, today)).await?,
        forecast: forecast(&session, &mut asking, arguments, today).await?,
        anomalies: anomalies(&session, &mut asking, today).await?,
        since,
        tag: arguments.tag.clone(),
        budgets,
        scored: BTreeMap::new(),
    };
    let mut unscored = None;
    if let Some(session) = &metrics {
        match scored(session, loaded, today).await {
            Ok(scored) => told.scored = scored,
            Err(error) => unscored = Some(error),
        }
    }
    Ok(Gathered {
        statement: Statement::of(&told, today),
        told,
        metrics,
        asking,
        local,
        metered: local && !over_files,
        budget_note,
        unscored,
    })
}

/// An endpoint of our own over the files that are named, on the day that is named.
fn over_exports(
    cx: &Context,
    loaded: &Loaded,
    arguments: &QuestionArguments,
    today: Date,
) -> Result<Session, CommandError> {
    let noon = start(today).0.saturating_add(12 * 3_600_000);
    let clock: Arc<dyn Clock> = match arguments.day {
        Some(_) => Arc::new(VirtualClock::new(Millis(noon))),
        None => Arc::clone(&cx.clock),
    };
    let environment = &loaded.suite.environment;
    let settings = Settings {
        clock,
        account_id: environment.account.clone(),
        region: environment.region.clone(),
        costs: arguments.file.clone(),
        ..Settings::default()
    };
    let endpoint =
        Endpoint::open(settings).map_err(|error| CommandError::new(Kind::User, error))?;
    Ok(Session::in_process(&endpoint, &environment.region))
}

/// The first day of last month, at least four weeks and two days back.
fn since(today: Date) -> Date {
    let back = today.checked_sub(30.days()).unwrap_or(Date::MIN);
    let last_month = today.first_of_month().yesterday().unwrap_or(today);
    last_month.first_of_month().min(back)
}

/// From there to today.
async fn rows(
    session: &Session,
    asking: &mut Asking,
    arguments: &QuestionArguments,
    (since, today): (Date, Date),
) -> Result<Vec<crate::cost::asked::CostRow>, CommandError> {
    let named = |key: &str| ("DIMENSION".to_owned(), key.to_owned());
    let question = Question {
        start: since,
        end: today.tomorrow().unwrap_or(today),
        groups: vec![named("SERVICE"), named("USAGE_TYPE")],
        tag: arguments.tag.clone(),
    };
    let name = format!("costs {question:?}");
    let grouped = asking.ask(&name, session.costs(&question)).await;
    match grouped {
        // An export of FOCUS has no usage types.
        Err(error) if error.error.to_string().contains("do not carry USAGE_TYPE") => {
            let question = Question {
                groups: vec![named("SERVICE")],
                ..question
            };
            asking
                .ask(&format!("costs {question:?}"), session.costs(&question))
                .await
        }
        other => other,
    }
}

async fn forecast(
    session: &Session,
    asking: &mut Asking,
    arguments: &QuestionArguments,
    today: Date,
) -> Result<Option<Result<crate::cost::asked::Forecast, String>>, CommandError> {
    let end = today.last_of_month().tomorrow().unwrap_or(today);
    let question = Question {
        start: today,
        end,
        groups: Vec::new(),
        tag: arguments.tag.clone(),
    };
    let name = format!("forecast {question:?}");
    let answer = asking.ask(&name, session.cost_forecast(&question)).await?;
    Ok(Some(answer))
}

async fn anomalies(
    session: &Session,
    asking: &mut Asking,
    today: Date,
) -> Result<Vec<crate::cost::asked::CostAnomaly>, CommandError> {
    let since = today.checked_sub(30.days()).unwrap_or(Date::MIN);
    let name = format!("anomalies {since}");
    let mut found = asking.ask(&name, session.cost_anomalies(since)).await?;
    if !found.is_empty() {
        let monitors = asking.ask("monitors", session.cost_monitors()).await?;
        for anomaly in &mut found {
            anomaly.owner = owner(anomaly, &monitors);
        }
    }
    Ok(found)
}

/// Transactions scored on each of the last 30 whole days. GetMetricData is no request to Cost Explorer; it costs a
/// hundredth of a cent.
async fn scored(
    session: &Session,
    loaded: &Loaded,
    today: Date,
) -> Result<BTreeMap<Date, Decimal>, CommandError> {
    let variables = &loaded.suite.environment.variables;
    let Some(service) = variables.get("service") else {
        return Ok(BTreeMap::new());
    };
    let stat = MetricStat {
        id: MetricId {
            namespace: SCORED.0.into(),
            name: SCORED.1.into(),
            dimensions: Dimensions::from([("Service".to_owned(), service.clone())]),
        },
        statistic: Statistic::Sum,
        period: 86_400,
        unit: None,
    };
    let first = today.checked_sub(30.days()).unwrap_or(Date::MIN);
    let found = session
        .metric_values(&[stat], (start(first), start(today)))
        .await?;
    let days = found.into_iter().flatten();
    Ok(days
        .filter_map(|(at, count)| Some((date(at), Decimal::from_f64(count)?)))
        .collect())
}

/// The first moment of a day, in UTC.
pub(super) fn start(day: Date) -> Millis {
    let zoned = day.to_zoned(TimeZone::UTC);
    Millis(zoned.map_or(0, |at| at.timestamp().as_millisecond()))
}

/// The day of a moment, in UTC.
pub(super) fn date(at: Millis) -> Date {
    let at = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    TimeZone::UTC.to_datetime(at).date()
}
