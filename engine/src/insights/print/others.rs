use std::fmt;

use super::text::{Behind, Joined};
use crate::insights::ast::{AppendCols, AwsOnly, Join};

impl fmt::Display for Join {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.keep_left { "left" } else { "inner" };
        let (left, right) = (&self.left, &self.right);
        write!(
            f,
            "join type={kind} left={left} right={right} where {}={} ({})",
            self.left_key, self.right_key, self.query
        )
    }
}

impl fmt::Display for AppendCols {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let most = Behind(" max=", self.most.as_ref());
        let (overwrite, query) = (self.overwrite, &self.query);
        write!(f, "appendcols override={overwrite}{most} ({query})")
    }
}

impl fmt::Display for AwsOnly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anomaly => f.write_str("anomaly"),
            Self::RelevantFields { fields, condition } => {
                let between = if fields.is_empty() { "" } else { " " };
                let fields = Joined(fields, ", ");
                write!(f, "relevantfields {fields}{between}where {condition}")
            }
            Self::LogCompare(period) => write!(f, "logcompare timeshift {period}"),
            Self::Estimate => f.write_str("estimate"),
        }
    }
}
