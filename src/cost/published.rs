/// Where `belfry cost publish` writes.
pub const COST_NAMESPACE: &str = "FraudDetection/Cost";

/// Beside the figures where they are metered: whoever shows them says that they are estimates.
pub const METERED_METRIC: &str = "Metered";

/// What it writes there: the metric and the names of its dimensions.
pub const COST_METRICS: &[(&str, &[&str])] = &[
    ("BudgetBurn", &[]),
    ("CostPerThousandScored", &[]),
    ("DailyCost", &[]),
    ("DailyCost", &["Service"]),
    ("MonthForecast", &[]),
];
