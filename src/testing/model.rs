use belfry_engine::alarms::StateValue;
use belfry_engine::base::Millis;
use belfry_engine::diag::Span;
use belfry_engine::metrics::{MetricDataQuery, MetricDatum};

/// A file of tests.
#[derive(Clone, Debug)]
pub struct TestFile {
    /// As a person would name it: relative to the suite's folder.
    pub path: String,
    /// Its text.
    pub source: String,
    /// Its tests, in order.
    pub tests: Vec<Test>,
    /// Coverage points that need no test.
    pub exempt: Vec<Exemption>,
    /// Mutants that make no difference.
    pub equivalent: Vec<Exemption>,
}

/// Something that is left out of a count, with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exemption {
    /// What: a name, or several by `*`.
    pub name: String,
    /// Why.
    pub reason: String,
    /// Where the name stands.
    pub at: Span,
}

/// One test.
#[derive(Clone, Debug)]
pub struct Test {
    /// A sentence.
    pub name: String,
    /// Where it stands.
    pub at: Span,
    /// The moment at which the suite is applied and the test begins.
    pub start: Millis,
    /// How long it watches, in milliseconds.
    pub lasts: i64,
    /// What happens, in order of arrival.
    pub feeds: Vec<Feed>,
    /// What then shows.
    pub expected: Vec<Expected>,
}

impl Test {
    /// The moment at which it ends.
    pub fn end(&self) -> Millis {
        self.start.plus(self.lasts)
    }

    /// The alarms of which it expects something.
    pub(super) fn alarms(&self) -> impl Iterator<Item = &AlarmExpected> {
        self.expected.iter().filter_map(|expected| match expected {
            Expected::Alarm(alarm) => Some(alarm),
            Expected::Value(_) | Expected::Query(_) | Expected::Dashboard(_) => None,
        })
    }

    /// The alarms of which it says whom they notify.
    pub(super) fn notified_alarms(&self) -> impl Iterator<Item = &String> {
        let alarms = self.alarms().filter(|alarm| alarm.notified.is_some());
        alarms.map(|alarm| &alarm.name)
    }
}

/// One thing that happens.
#[derive(Clone, Debug, PartialEq)]
pub struct Feed {
    /// When it arrives.
    pub at: Millis,
    /// What.
    pub what: What,
    /// Where the test gives it.
    pub place: Span,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A line of a log.
    Log {
        /// Whose.
        group: String,
        /// The event's own time.
        timestamp: Millis,
        /// The line.
        message: String,
    },
    /// A datum.
    Datum(Box<MetricDatum>),
}

/// One thing that is expected.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// Of an alarm.
    Alarm(AlarmExpected),
    /// Of a metric.
    Value(ValueExpected),
    /// Of a query.
    Query(QueryExpected),
    /// Of a dashboard.
    Dashboard(DashboardExpected),
}

/// What an alarm does from the beginning of the test to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlarmExpected {
    /// Which.
    pub name: String,
    /// Every change of its state; `None` where the test does not say.
    pub timeline: Option<Vec<StateAt>>,
    /// Whether it never goes into ALARM.
    pub silent: bool,
    /// Every notification; `None` where the test does not say.
    pub notified: Option<Vec<Notified>>,
    /// Where the test says whom it notifies.
    pub notified_at: Span,
    /// Where the test says so.
    pub at: Span,
}

/// A change of state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateAt {
    /// When.
    pub at: Millis,
    /// Into which state.
    pub state: StateValue,
}

/// A message to a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notified {
    /// When.
    pub at: Millis,
    /// The topic's name.
    pub topic: String,
}

/// What GetMetricData answers.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueExpected {
    /// What is asked.
    pub asked: ValuesAsked,
    /// The value of each period from `asked.from` on; `None` where there is none.
    pub values: Vec<Option<f64>>,
    /// Where the test says so.
    pub at: Span,
}

/// A question to GetMetricData.
#[derive(Clone, Debug, PartialEq)]
pub struct ValuesAsked {
    /// The queries; exactly one returns data.
    pub queries: Vec<MetricDataQuery>,
    /// What it is called in messages.
    pub title: String,
    /// Start of the first period.
    pub from: Millis,
    /// Seconds.
    pub period: i64,
}

/// What a query answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryExpected {
    /// What is asked.
    pub asked: QueryAsked,
    /// Names of the columns, where the test says them.
    pub columns: Option<Vec<String>>,
    /// Cells by row; empty where the row has no such field.
    pub rows: Vec<Vec<String>>,
    /// Where the test says so.
    pub at: Span,
}

/// A Logs Insights query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryAsked {
    /// The saved query's stem; none for a text of the test's own.
    pub name: Option<String>,
    /// Its text.
    pub text: String,
    /// Where it looks; none where the text says so itself.
    pub log_groups: Vec<String>,
    /// The beginning of its range.
    pub from: Millis,
    /// When it is asked, which is also the end of its range.
    pub now: Millis,
}

/// That the widgets of a dashboard get data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DashboardExpected {
    /// The deployed name.
    pub name: String,
    /// The beginning of the time that is drawn.
    pub from: Millis,
    /// When it is looked at.
    pub now: Millis,
    /// Titles of the widgets that get none.
    pub without: Vec<String>,
    /// Where the test says so.
    pub at: Span,
}
