use super::read::one_of;
use super::refusals::invalid;
use crate::endpoint::{Document, Fault, Input};

/// When a budget tells somebody. Two notifications of a budget differ in type, comparison, threshold or threshold type.
#[derive(Clone, Debug, PartialEq)]
pub struct Notification {
    /// `ACTUAL` or `FORECASTED`.
    pub kind: String,
    /// `GREATER_THAN`, `LESS_THAN`, `EQUAL_TO`.
    pub comparison: String,
    /// In percent of the limit, or in its unit.
    pub threshold: f64,
    /// Whether in percent.
    pub is_percentage: bool,
    /// Whether it was told in the running period: then it is not told again.
    pub is_in_alarm: bool,
    /// Who is told.
    pub subscribers: Vec<Subscriber>,
}

/// Who is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscriber {
    /// A topic by its ARN, or else an e-mail address.
    pub is_topic: bool,
    /// Where to.
    pub address: String,
}

/// The highest threshold.
const MOST: f64 = 15_000_000_000_000.0;

impl Notification {
    pub(super) fn read(input: &Input<'_>) -> Result<Self, Fault> {
        input.only(&[
            "NotificationType",
            "ComparisonOperator",
            "Threshold",
            "ThresholdType",
            "NotificationState",
        ])?;
        let kind = one_of(input, "NotificationType", &["ACTUAL", "FORECASTED"])?;
        let comparison = one_of(
            input,
            "ComparisonOperator",
            &["GREATER_THAN", "LESS_THAN", "EQUAL_TO"],
        )?;
        let threshold = input.required_f64("Threshold")?;
        if !(0.0..=MOST).contains(&threshold) {
            let range = "Member must have value between 0 and 15000000000000";
            return Err(input.constraint("Threshold", &threshold.to_string(), range));
        }
        let is_percentage = match input.has("ThresholdType") {
            true => {
                one_of(input, "ThresholdType", &["PERCENTAGE", "ABSOLUTE_VALUE"])? == "PERCENTAGE"
            }
            false => true,
        };
        if input.has("NotificationState") {
            one_of(input, "NotificationState", &["OK", "ALARM"])?;
        }
        Ok(Self {
            kind: kind.to_owned(),
            comparison: comparison.to_owned(),
            threshold,
            is_percentage,
            is_in_alarm: false,
            subscribers: Vec::new(),
        })
    }

    /// Whether both stand for one notification.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let key = |n: &Self| {
            (
                n.kind.clone(),
                n.comparison.clone(),
                n.threshold.to_bits(),
                n.is_percentage,
            )
        };
        key(self) == key(other)
    }

    pub(super) fn show(&self) -> Document {
        let threshold_type = if self.is_percentage {
            "PERCENTAGE"
        } else {
            "ABSOLUTE_VALUE"
        };
        let state = if self.is_in_alarm { "ALARM" } else { "OK" };
        Document::structure([
            ("NotificationType", Document::from(&self.kind)),
            ("ComparisonOperator", Document::from(&self.comparison)),
            ("Threshold", Document::Double(self.threshold)),
            ("ThresholdType", threshold_type.into()),
            ("NotificationState", state.into()),
        ])
    }
}

impl Subscriber {
    pub(super) fn read(input: &Input<'_>) -> Result<Self, Fault> {
        input.only(&["SubscriptionType", "Address"])?;
        let kind = one_of(input, "SubscriptionType", &["SNS", "EMAIL"])?;
        let address = input.required_str("Address")?;
        let fits = match kind {
            "SNS" => {
                address.split(':').count() == 6
                    && address.starts_with("arn:")
                    && address.contains(":sns:")
            }
            _ => address
                .split_once('@')
                .is_some_and(|(name, host)| !name.is_empty() && host.contains('.')),
        };
        if !fits || address.contains(char::is_whitespace) {
            return Err(invalid(format!(
                "the address `{address}` is none of type {kind}"
            )));
        }
        Ok(Self {
            is_topic: kind == "SNS",
            address: address.to_owned(),
        })
    }

    /// The subscribers of a new notification: one topic and ten addresses at most, one at least.
    pub(super) fn read_all(input: &Input<'_>, name: &str) -> Result<Vec<Self>, Fault> {
        let all = input
            .structures(name)?
            .iter()
            .map(Self::read)
            .collect::<Result<Vec<_>, _>>()?;
        if all.is_empty() {
            return Err(input.constraint(
                name,
                "[]",
                "Member must have length greater than or equal to 1",
            ));
        }
        for (index, subscriber) in all.iter().enumerate() {
            if all.iter().take(index).any(|other| other == subscriber) {
                return Err(Fault::new(
                    "DuplicateRecordException",
                    "a subscriber stands twice",
                ));
            }
        }
        check_count(&all)?;
        Ok(all)
    }

    pub(super) fn show(&self) -> Document {
        let kind = if self.is_topic { "SNS" } else { "EMAIL" };
        Document::structure([
            ("SubscriptionType", Document::from(kind)),
            ("Address", Document::from(&self.address)),
        ])
    }
}

/// One topic and ten addresses at most.
pub(super) fn check_count(subscribers: &[Subscriber]) -> Result<(), Fault> {
    let topics = subscribers.iter().filter(|s| s.is_topic).count();
    match topics <= 1 && subscribers.len() - topics <= 10 {
        true => Ok(()),
        false => Err(Fault::new(
            "CreationLimitExceededException",
            "a notification has at most one SNS subscriber and ten EMAIL subscribers",
        )),
    }
}
