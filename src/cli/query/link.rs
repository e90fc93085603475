use super::Arguments;
use super::over_environment::log_groups;
use super::subject::Subject;
use crate::cli::connection::Loaded;
use crate::cli::{CommandError, Context};
use crate::report::{LinkTime, QueryLink, console_link};
use belfry_engine::base::TimeRange;

/// Prints the address that opens the query in the AWS console. A length of time before now stays one.
pub(super) fn print(
    cx: &mut Context,
    arguments: &Arguments,
    subject: &Subject,
    loaded: &Loaded,
) -> Result<(), CommandError> {
    let times = arguments.when.of_groups(cx)?;
    let link = QueryLink {
        region: &loaded.suite.environment.region,
        text: &subject.text,
        log_groups: &log_groups(arguments, subject, loaded)?,
        time: match times.seconds_back {
            Some(seconds) => LinkTime::Relative(seconds),
            None => LinkTime::Absolute(TimeRange {
                start: times.range.start,
                end: times.range.end.floor_to(1000),
            }),
        },
        utc: times.is_utc(),
    };
    writeln!(cx.out, "{}", console_link(&link))?;
    Ok(())
}
