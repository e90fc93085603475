use belfry_engine::alarms::TagsPropagation;

use crate::endpoint::{Document, Fault, Input};

/// `ActionConfiguration`: which of an alarm's tags its messages carry.
pub(super) fn read(input: &Input<'_>) -> Result<Option<TagsPropagation>, Fault> {
    let Some(configuration) = input.structure("ActionConfiguration")? else {
        return Ok(None);
    };
    configuration.only(&["AlarmTagsPropagation"])?;
    let Some(propagation) = configuration.structure("AlarmTagsPropagation")? else {
        return Ok(None);
    };
    propagation.only(&["Enabled", "IncludedTagKeys", "ExcludedTagKeys"])?;
    let keys = |name| {
        let keys = propagation.strings(name)?;
        Ok::<_, Fault>(keys.into_iter().map(str::to_owned).collect())
    };
    let enabled = propagation.optional_bool("Enabled")?;
    Ok(Some(TagsPropagation {
        enabled: enabled.ok_or_else(|| propagation.missing("Enabled"))?,
        included: keys("IncludedTagKeys")?,
        excluded: keys("ExcludedTagKeys")?,
    }))
}

/// What DescribeAlarms shows of it.
pub(super) fn show(propagation: Option<&TagsPropagation>) -> Document {
    let Some(propagation) = propagation else {
        return Document::Null;
    };
    let keys = |keys: &[String]| match keys {
        [] => Document::Null,
        keys => Document::list(keys),
    };
    let propagation = Document::structure([
        ("Enabled", Document::from(propagation.enabled)),
        ("IncludedTagKeys", keys(&propagation.included)),
        ("ExcludedTagKeys", keys(&propagation.excluded)),
    ]);
    Document::structure([("AlarmTagsPropagation", propagation)])
}
