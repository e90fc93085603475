use std::fmt;

use super::text::Behind;
use crate::insights::ast::{AppendCols, Join};

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
