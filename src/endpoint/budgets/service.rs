use super::{
    create_budget, create_notification, create_subscriber, delete_budget, delete_notification,
    delete_subscriber, describe_budget, describe_budget_notifications_for_account,
    describe_budgets, describe_notifications_for_budget, describe_subscribers_for_notification,
    list_tags_for_resource, tag_resource, untag_resource, update_budget, update_notification,
    update_subscriber,
};
use crate::endpoint::{Service, Words};

/// Budgets.
pub static SERVICE: Service = Service {
    name: "budgets",
    target: "AWSBudgetServiceGateway",
    version: "2016-10-20",
    namespace: "http://budgets.amazonaws.com/doc/2016-10-20/",
    shapes: "com.amazonaws.budgets",
    fault_shapes: &[],
    query_compatible: false,
    words: &Words {
        validation: "InvalidParameterException",
    },
    operations: &[
        &create_budget::OPERATION,
        &create_notification::OPERATION,
        &create_subscriber::OPERATION,
        &delete_budget::OPERATION,
        &delete_notification::OPERATION,
        &delete_subscriber::OPERATION,
        &describe_budget::OPERATION,
        &describe_budget_notifications_for_account::OPERATION,
        &describe_budgets::OPERATION,
        &describe_notifications_for_budget::OPERATION,
        &describe_subscribers_for_notification::OPERATION,
        &list_tags_for_resource::OPERATION,
        &tag_resource::OPERATION,
        &untag_resource::OPERATION,
        &update_budget::OPERATION,
        &update_notification::OPERATION,
        &update_subscriber::OPERATION,
    ],
};
