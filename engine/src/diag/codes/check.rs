//! Codes of checks: a suite that is valid, and still wrong or risky. Each page ends with what triggers it and what mends that.

use super::codes;

codes! {
    UNPUBLISHED_METRIC = "C0101", "metric that nothing publishes",
        "An alarm or a widget uses a metric of the service's own namespace, and neither the service's contract\n\
         (scoring-service/signals.json) nor a metric filter of the suite publishes a metric with this name and\n\
         exactly these dimensions. CloudWatch accepts it all the same: the widget stays empty and the alarm\n\
         never rings. The set of dimensions is part of a metric's identity, so one more or less is another metric.\n\
         Searches and Metrics Insights queries are read too, as far as they name a namespace and a metric.\n\n\
         Example: `metric = { namespace = \"FraudDetection\", name = \"ErrorsCount\" }` where the filter publishes `ErrorCount`.\n\n\
         Fix: the name and the dimensions that are published, or a metric filter that publishes this one.";
    SILENT_ALARM = "C0102", "alarm that tells nobody",
        "The alarm has no actions for ALARM. Its state shows on a page that somebody has to look at; nobody is\n\
         woken. An alarm that a composite alarm reads need not tell anybody itself.\n\n\
         Example: an [[alarm]] without `actions`.\n\n\
         Fix: `actions = [\"fraud-detection-alerts\"]`, or delete the alarm.";
    UNKNOWN_FIELD = "C0103", "field that no log line has",
        "A saved query or a log widget reads a field that the service's contract (scoring-service/signals.json) does\n\
         not know, most likely because it is misspelt or was renamed. CloudWatch accepts it all the same: the field is\n\
         missing in every event. It is an error over log groups that the contract is about (other queries read its\n\
         fields there), elsewhere a warning, and only where a field with a similar name exists.\n\n\
         Example: `filter statsu >= 500` where the lines carry `status`.\n\n\
         Fix: `belfry check --fix` writes the similar name; else add the field to the service.";
    ENDED_ALLOWANCE = "C0104", "allowance that ended",
        "An [[allow]] of belfry.toml held until a day that is over (days are those of UTC, the last one counts). What it\n\
         allowed is reported again.\n\n\
         Example: `until = \"2020-01-01\"`.\n\n\
         Fix: mend what is found and delete the [[allow]], or decide anew and name a later day.";
    IDLE_ALLOWANCE = "C0105", "allowance that nothing needs",
        "An [[allow]] of belfry.toml names a finding that is not there: it was mended, or `code` or `on` is misspelt.\n\
         Left in place it would hide the finding should it come back.\n\n\
         Example: `code = \"C0102\"` and `on = \"alarm.fraud-5xx\"` where that alarm has actions.\n\n\
         Fix: delete the [[allow]].";
    FOREIGN_METRIC = "C0106", "metric that AWS does not publish",
        "An alarm or a widget uses a metric in a namespace of AWS (AWS/ApplicationELB, AWS/ECS, ECS/ContainerInsights,\n\
         AWS/Logs, AWS/Billing) under a name or with a set of dimensions that AWS does not publish. CloudWatch accepts it\n\
         all the same, and there is never any data. It is a warning where no published name is near: AWS may have added\n\
         the metric since. Other namespaces are not judged.\n\n\
         Example: `HealthyHostCount` of AWS/ApplicationELB by `LoadBalancer` alone.\n\n\
         Fix: add the dimension `TargetGroup`: hosts are counted by target group.";
    COVERED_WIDGET = "C0107", "widget that covers another",
        "Two widgets of a dashboard share a cell of the grid of 24 columns. CloudWatch accepts it; the console then pushes\n\
         widgets down, so that the dashboard looks other than it was drawn, and `belfry up` draws one over the other.\n\n\
         Example: a widget with `\"x\": 0, \"width\": 12` beside one with `\"x\": 6` in the same rows.\n\n\
         Fix: move one of them: `\"x\": 12`.";
    BEYOND_LIMITS = "C0108", "more than AWS takes",
        "Something that is counted over several texts goes beyond AWS's quota: 2,500 metrics in a dashboard, 100 metric\n\
         filters of a log group, 5 of them with regular expressions. AWS refuses what comes last.\n\n\
         Example: six metric filters of one log group whose patterns hold `%…%`.\n\n\
         Fix: join filters whose patterns are alternatives of one; split the dashboard.";
    UNKNOWN_PATTERN_FIELD = "C0109", "metric filter on a field that no log line has",
        "The pattern, the value or a dimension of a metric filter names a field that the service's contract\n\
         (scoring-service/signals.json) does not know. CloudWatch accepts it all the same: no event ever matches, or none\n\
         ever has a value. It is an error over log groups that the contract is about, elsewhere a warning, and only where\n\
         a field with a similar name exists.\n\n\
         Example: `pattern = '{ $.levle = \"ERROR\" }'`.\n\n\
         Fix: `pattern = '{ $.level = \"ERROR\" }'`.";
    UNUSED_VARIABLE = "C0110", "variable that nothing uses",
        "No text of the suite holds `${name}`. Whoever changes its value for an environment changes nothing.\n\n\
         Example: `cluster = \"fraud-detection-cluster\"` in [variables], and the dashboards spell the name out.\n\n\
         Fix: write `${cluster}` where it is meant, or delete the variable.";
    UNUSED_TOPIC = "C0111", "topic that hears nothing",
        "The topic is declared, and nothing in belfry.toml names it again: who subscribes to it is never told anything.\n\n\
         Example: a [[topic]] `pager` that no alarm has in its `actions`.\n\n\
         Fix: `actions = [\"pager\"]`, or delete the topic.";
    RUNBOOK_HEADING = "C0112", "runbook without that heading",
        "The part of the runbook's address after `#` names a heading of the file, as GitHub links headings. There is none\n\
         of that name: whoever is woken lands at the top of the page and searches.\n\n\
         Example: `runbook = \"docs/runbooks/capacity.md#disk\"` where the file has `## CPU` and `## Memory`.\n\n\
         Fix: `#cpu`, or write the section.";
    FINE_PERIOD = "C0113", "period finer than the metric",
        "The metric has fewer datapoints than periods: one in a minute (metrics of AWS, metric filters, embedded metrics\n\
         without `StorageResolution` 1), or one in hours (EstimatedCharges). Most periods stay empty: a line falls apart\n\
         into dots, an alarm falls into INSUFFICIENT_DATA between datapoints.\n\n\
         Example: `period = 10` on the metric of a metric filter.\n\n\
         Fix: `period = 60`.";
    ODD_STATISTIC = "C0114", "statistic that says nothing here",
        "The statistic does not fit what the samples are. Counts of single events are added up: their average is always 1\n\
         (AWS says of HTTPCode_Target_5XX_Count that Minimum, Maximum and Average return 1), unless a metric filter has a\n\
         default of 0. Levels, shares and times are not: the sum of a percentage grows with the number of tasks that\n\
         report it. Times that an expression works on are not judged.\n\n\
         Example: `statistic = \"Average\"` on `HTTPCode_Target_5XX_Count`.\n\n\
         Fix: `statistic = \"Sum\"`.";
    SILENT_HEARTBEAT = "C0115", "heartbeat that is silent in silence",
        "The alarm is there to tell of too little: requests, hosts, tasks. When all of it is gone no data comes any more, and\n\
         missing data counts as enough (`notBreaching`), changes nothing (`ignore`), or ends in INSUFFICIENT_DATA, of\n\
         which nobody is told. The worst case does not ring.\n\n\
         Example: `HealthyHostCount` `<` 1 with `treat_missing_data = \"notBreaching\"`.\n\n\
         Fix: `treat_missing_data = \"breaching\"`.";
    UNDECLARED_GROUP = "C0116", "log widget over a group that is not declared",
        "The widget's query names a log group that is no [[log_group]] of the suite. If nobody else makes it, the widget\n\
         shows an error; if somebody does, nobody here knows how long it keeps its events. It is an error where a group\n\
         with a similar name is declared.\n\n\
         Example: `SOURCE '/ecs/fraud-detection/aplication' | …`.\n\n\
         Fix: the name that is declared, or a [[log_group]] of this name.";
    SHORT_RETENTION = "C0117", "log group that forgets too soon",
        "The dashboard opens on a time range that goes further back than the log group of one of its widgets keeps events. The\n\
         left part of the graph is empty, which looks like peace.\n\n\
         Example: `\"start\": \"-P3M\"` over a log group with `retention_days = 30`.\n\n\
         Fix: raise `retention_days`, narrow `start`, or keep the figure as a metric, which lasts 15 months.";
    UNKNOWN_ALARM = "C0118", "widget of an alarm that does not exist",
        "An alarm widget, or the annotation of a graph, names an alarm that the suite does not have. CloudWatch accepts the\n\
         dashboard and draws nothing for it. It is a warning where the name has not the suite's prefix and resembles none\n\
         of its alarms: it may be somebody else's.\n\n\
         Example: `\"alarms\": [\"arn:aws:cloudwatch:${region}:${account}:alarm:fraud-cpu\"]` where it is called `fraud-cpu-high`.\n\n\
         Fix: `…:alarm:fraud-cpu-high`.";
    BROKEN_TEXT = "C0119", "expression or query that cannot be read",
        "A widget or an alarm holds an expression of metric math, a Metrics Insights query or a Logs Insights query that is\n\
         wrong: the message says how, with the code of its language. PutDashboard takes such a body, because it does not look\n\
         into these texts, and the widget shows an error; PutMetricAlarm refuses the alarm.\n\n\
         Example: `{\"expression\": \"SUM(m1\"}`, or `m2` where no metric has that id.\n\n\
         Fix: `SUM(m1)`.";
    BROKEN_SQL = "C0120", "query that Athena refuses",
        "A file of queries/athena/ is no SQL that Athena runs over the tables that [athena] declares: a column, a table or a\n\
         function that does not exist, types that do not fit, a syntax error. CreateNamedQuery takes any text, so whoever opens\n\
         the named query during an incident is the first to see it. It is a warning where Athena may take what Belfry does not\n\
         know.\n\n\
         Example: `SELECT elb_status FROM alb_logs`.\n\n\
         Fix: `SELECT elb_status_code FROM alb_logs`.";
    GROUP_CLASS = "C0121", "log group of a class that cannot do this",
        "A metric filter is on a log group of class INFREQUENT_ACCESS, or a query over one uses a command that the class does\n\
         not know: `pattern`, `diff`, `filterIndex`, `unmask` or `anomaly`. Metric filters, subscription filters, embedded\n\
         metrics, Live Tail, GetLogEvents and FilterLogEvents are of the Standard class alone; AWS answers `This operation is\n\
         only supported on the Standard log class.`\n\n\
         Example: a [[metric_filter]] on a [[log_group]] with `class = \"INFREQUENT_ACCESS\"`.\n\n\
         Fix: `class = \"STANDARD\"`, which means another group: the class of one that is there never changes.";
    TIMELESS_WIDGET = "C0122", "log widget without a time to draw along",
        "The widget has `\"view\": \"timeSeries\"`, and the last `stats` of its query has no `bin(…)` among its keys: there is no\n\
         time to draw along, and CloudWatch shows a message instead of lines.\n\n\
         Example: `stats count(*) by level` in a widget with `\"view\": \"timeSeries\"`.\n\n\
         Fix: `stats count(*) by bin(5m)`, or `\"view\": \"bar\"`.";
}
