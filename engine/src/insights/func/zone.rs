use jiff::tz::TimeZone;

use super::function::{Given, Mistake};

/// The zone that an argument names; UTC where it is not written. Names are IANA's, of the database that is
/// built in, so that an answer does not depend on the machine; a name that it lacks is refused.
pub(super) fn zone(given: &Given<'_>, argument: usize) -> Result<TimeZone, Mistake> {
    if given.count() <= argument {
        return Ok(TimeZone::UTC);
    }
    let name = given.text(argument)?;
    TimeZone::get(name).map_err(|_| {
        given.mistake(
            argument,
            format!(
                "`{name}` is no time zone of the IANA database, such as `UTC` or `Europe/Berlin`"
            ),
        )
    })
}
