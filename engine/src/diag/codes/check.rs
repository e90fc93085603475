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
    UNKNOWN_FIELD = "C0103", "field that no log line has",
        "A saved query or a log widget reads a field that the service's contract (scoring-service/signals.json) does\n\
         not know, most likely because it is misspelt or was renamed. CloudWatch accepts it all the same: the field is\n\
         missing in every event. It is an error over log groups that the contract is about (other queries read its\n\
         fields there), elsewhere a warning, and only where a field with a similar name exists. `belfry check --fix`\n\
         writes the similar name.";
    ENDED_ALLOWANCE = "C0104", "allowance that ended",
        "An [[allow]] of belfry.toml held until a day that is over (days are those of UTC, the last one counts). What it\n\
         allowed is reported again. Mend it and delete the [[allow]], or decide anew and name a later day.";
    IDLE_ALLOWANCE = "C0105", "allowance that nothing needs",
        "An [[allow]] of belfry.toml names a finding that is not there: it was mended, or `code` or `on` is misspelt.\n\
         Left in place it would hide the finding should it come back. Delete it.";
    FOREIGN_METRIC = "C0106", "metric that AWS does not publish",
        "An alarm or a widget uses a metric in a namespace of AWS (AWS/ApplicationELB, AWS/ECS, AWS/Billing) under a name\n\
         or with a set of dimensions that AWS does not publish. CloudWatch accepts it all the same, and there is never any\n\
         data. It is a warning where no published name is near: AWS may have added the metric since. Namespaces without a\n\
         table are not judged.";
}
