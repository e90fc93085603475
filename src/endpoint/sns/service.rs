use super::{
    confirm_subscription, create_topic, delete_topic, get_subscription_attributes,
    get_topic_attributes, list_subscriptions, list_subscriptions_by_topic, list_tags_for_resource,
    list_topics, publish, set_topic_attributes, subscribe, tag_resource, unsubscribe,
    untag_resource,
};
use crate::endpoint::{Service, Words};

/// SNS.
pub static SERVICE: Service = Service {
    name: "sns",
    target: "AmazonSimpleNotificationService",
    version: "2010-03-31",
    namespace: "http://sns.amazonaws.com/doc/2010-03-31/",
    shapes: "com.amazonaws.sns",
    fault_shapes: &[],
    query_compatible: false,
    words: &Words {
        validation: "ValidationError",
    },
    operations: &[
        &create_topic::OPERATION,
        &delete_topic::OPERATION,
        &list_topics::OPERATION,
        &get_topic_attributes::OPERATION,
        &set_topic_attributes::OPERATION,
        &subscribe::OPERATION,
        &confirm_subscription::OPERATION,
        &unsubscribe::OPERATION,
        &list_subscriptions::OPERATION,
        &list_subscriptions_by_topic::OPERATION,
        &get_subscription_attributes::OPERATION,
        &publish::OPERATION,
        &tag_resource::OPERATION,
        &untag_resource::OPERATION,
        &list_tags_for_resource::OPERATION,
    ],
};
