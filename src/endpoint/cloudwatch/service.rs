use super::{
    delete_alarms, delete_dashboards, describe_alarm_contributors, describe_alarm_history,
    describe_alarms, describe_alarms_for_metric, disable_alarm_actions, enable_alarm_actions,
    get_dashboard, get_metric_data, get_metric_statistics, list_dashboards, list_metrics,
    list_tags_for_resource, put_composite_alarm, put_dashboard, put_log_alarm, put_metric_alarm,
    put_metric_data, set_alarm_state, tag_resource, untag_resource,
};
use crate::endpoint::{Service, Words};

/// CloudWatch.
pub static SERVICE: Service = Service {
    name: "monitoring",
    target: "GraniteServiceVersion20100801",
    version: "2010-08-01",
    namespace: "http://monitoring.amazonaws.com/doc/2010-08-01/",
    shapes: "com.amazonaws.cloudwatch",
    fault_shapes: &[
        ("InternalServiceError", "InternalServiceFault"),
        ("InvalidFormat", "InvalidFormatFault"),
        (
            "InvalidParameterCombination",
            "InvalidParameterCombinationException",
        ),
        ("InvalidParameterInput", "DashboardInvalidInputError"),
        ("InvalidParameterValue", "InvalidParameterValueException"),
        ("LimitExceeded", "LimitExceededFault"),
        ("MissingParameter", "MissingRequiredParameterException"),
        ("ValidationError", "ValidationException"),
    ],
    query_compatible: true,
    words: &Words {
        validation: "ValidationError",
    },
    operations: &[
        &put_metric_data::OPERATION,
        &get_metric_data::OPERATION,
        &get_metric_statistics::OPERATION,
        &list_metrics::OPERATION,
        &put_metric_alarm::OPERATION,
        &put_composite_alarm::OPERATION,
        &put_log_alarm::OPERATION,
        &describe_alarms::OPERATION,
        &describe_alarms_for_metric::OPERATION,
        &describe_alarm_history::OPERATION,
        &describe_alarm_contributors::OPERATION,
        &set_alarm_state::OPERATION,
        &enable_alarm_actions::OPERATION,
        &disable_alarm_actions::OPERATION,
        &delete_alarms::OPERATION,
        &put_dashboard::OPERATION,
        &get_dashboard::OPERATION,
        &list_dashboards::OPERATION,
        &delete_dashboards::OPERATION,
        &tag_resource::OPERATION,
        &untag_resource::OPERATION,
        &list_tags_for_resource::OPERATION,
    ],
};
