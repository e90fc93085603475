//! Codes of checks: a suite that is valid, and still wrong or risky.

use super::codes;

codes! {
    UNPUBLISHED_METRIC = "C0101", "metric that nothing publishes",
        "An alarm or a widget uses a metric of the service's own namespace, and neither the service's contract\n\
         (scoring-service/signals.json) nor a metric filter of the suite publishes a metric with this name and\n\
         exactly these dimensions. CloudWatch accepts it all the same: the widget stays empty and the alarm\n\
         never rings. The set of dimensions is part of a metric's identity, so one more or less is another metric.";
    SILENT_ALARM = "C0102", "alarm that tells nobody",
        "The alarm has no actions for ALARM. Its state shows on a page that somebody has to look at; nobody is\n\
         woken. Name a topic in `actions`, or delete the alarm.";
}
