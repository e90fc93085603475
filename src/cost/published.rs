/// Where `belfry cost publish` writes.
pub const COST_NAMESPACE: &str = "FraudDetection/Cost";

/// What it writes there: the metric and the names of its dimensions.
pub const COST_METRICS: &[(&str, &[&str])] = &[
    ("BudgetBurn", &[]),
    ("CostPerThousandScored", &[]),
    ("DailyCost", &[]),
    ("DailyCost", &["Service"]),
    ("MonthForecast", &[]),
];
