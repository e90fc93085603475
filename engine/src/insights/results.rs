/// One row of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultRow {
    /// One cell a column; `None` where AWS leaves the field out.
    pub cells: Vec<Option<String>>,
    /// The position of the event behind the row; none for aggregates.
    pub position: Option<u64>,
}

/// What the scan cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Events that passed the filters.
    pub records_matched: u64,
    /// Events in range.
    pub records_scanned: u64,
    /// Their messages' bytes.
    pub bytes_scanned: u64,
    /// Log groups read.
    pub log_groups_scanned: u64,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryResults {
    /// Column names in order.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<ResultRow>,
    /// The cost.
    pub statistics: Statistics,
    /// Remarks, such as a choice AWS does not document.
    pub notes: Vec<String>,
}
