use super::Look;
use crate::provision::Resource;

/// The class of a log group is chosen when it is made, for good (API reference, CreateLogGroup).
pub(super) fn never_changes(look: &Look<'_>) -> Vec<String> {
    let (Some(Resource::LogGroup(before)), Some(Resource::LogGroup(after))) =
        (&look.change.before, &look.change.after)
    else {
        return Vec::new();
    };
    if before.class == after.class {
        return Vec::new();
    }
    vec![format!(
        "AWS never changes the class of a log group: it stays {}, and this change will be refused until the suite declares that \
         class or the group is deleted with its events",
        before.class
    )]
}
