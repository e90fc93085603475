use belfry_engine::account::{Delivery, DeliveryKind};
use bytes::Bytes;
use http::{Request, header};
use http_body_util::Full;
use serde_json::Value;

/// SNS's name in `x-amz-sns-message-type` and `Type`.
fn kind(delivery: &Delivery) -> &'static str {
    match delivery.kind {
        DeliveryKind::Notification => "Notification",
        DeliveryKind::SubscriptionConfirmation => "SubscriptionConfirmation",
        DeliveryKind::UnsubscribeConfirmation => "UnsubscribeConfirmation",
    }
}

/// The POST request of a delivery; `address` is where this endpoint is reached.
pub(super) fn request(
    delivery: &Delivery,
    address: &str,
) -> Result<Request<Full<Bytes>>, http::Error> {
    let uri: http::Uri = delivery.subscription.endpoint.parse()?;
    let raw = is_raw(delivery);
    let body = if raw {
        delivery.message.clone()
    } else {
        document(delivery, address)
    };
    let mut request = Request::post(uri.path_and_query().map_or("/", |path| path.as_str()))
        .header(header::HOST, uri.authority().map_or("", |a| a.as_str()))
        .header(
            header::USER_AGENT,
            "Amazon Simple Notification Service Agent",
        )
        .header(header::CONTENT_TYPE, "text/plain; charset=UTF-8")
        .header("x-amz-sns-message-type", kind(delivery))
        .header("x-amz-sns-message-id", &delivery.message_id)
        .header("x-amz-sns-topic-arn", &delivery.topic_arn);
    if delivery.kind == DeliveryKind::Notification {
        request = request.header("x-amz-sns-subscription-arn", &delivery.subscription.arn);
    }
    if raw {
        request = request.header("x-amz-sns-rawdelivery", "true");
    }
    request.body(Full::new(Bytes::from(body)))
}

/// `RawMessageDelivery` concerns notifications only.
fn is_raw(delivery: &Delivery) -> bool {
    let attributes = &delivery.subscription.attributes;
    let raw = attributes.get("RawMessageDelivery").map(String::as_str);
    delivery.kind == DeliveryKind::Notification && raw == Some("true")
}

/// The JSON document, laid out as SNS lays it out (SNS developer guide, "HTTP/HTTPS notification JSON format").
fn document(delivery: &Delivery, address: &str) -> String {
    let token = &delivery.subscription.token;
    let confirms = delivery.kind != DeliveryKind::Notification;
    let subscribe = format!(
        "{address}/?Action=ConfirmSubscription&TopicArn={}&Token={token}",
        delivery.topic_arn
    );
    let unsubscribe = format!(
        "{address}/?Action=Unsubscribe&SubscriptionArn={}",
        delivery.subscription.arn
    );
    let timestamp = delivery.timestamp.to_rfc3339();
    let members = [
        ("Type", Some(kind(delivery))),
        ("MessageId", Some(delivery.message_id.as_str())),
        ("Token", Some(token.as_str()).filter(|_| confirms)),
        ("TopicArn", Some(delivery.topic_arn.as_str())),
        ("Subject", delivery.subject.as_deref()),
        ("Message", Some(delivery.message.as_str())),
        (
            "SubscribeURL",
            Some(subscribe.as_str()).filter(|_| confirms),
        ),
        ("Timestamp", Some(timestamp.as_str())),
        ("SignatureVersion", Some("1")),
        ("Signature", Some("")),
        ("SigningCertURL", Some("")),
        (
            "UnsubscribeURL",
            Some(unsubscribe.as_str()).filter(|_| !confirms),
        ),
    ];
    let lines: Vec<String> = members
        .into_iter()
        .filter_map(|(name, value)| Some(format!("  \"{name}\" : {}", Value::from(value?))))
        .collect();
    format!("{{\n{}\n}}", lines.join(",\n"))
}

#[cfg(test)]
mod tests {
    use belfry_engine::account::Subscription;
    use belfry_engine::base::Millis;

    use super::*;

    fn delivery(kind: DeliveryKind) -> Delivery {
        let arn = "arn:aws:sns:us-east-1:000000000000:alerts";
        Delivery {
            kind,
            message_id: "id".into(),
            topic_arn: arn.into(),
            subscription: Subscription {
                arn: format!("{arn}:s"),
                protocol: "http".into(),
                endpoint: "http://127.0.0.1:9/hook?a=b".into(),
                owner: "000000000000".into(),
                token: "abc".into(),
                confirmed: true,
                attributes: Default::default(),
            },
            subject: Some("a subject".into()),
            message: "a \"message\"".into(),
            timestamp: Millis(1_776_679_200_250),
        }
    }

    #[test]
    fn a_notification_is_laid_out_as_sns_lays_it_out() {
        let text = document(&delivery(DeliveryKind::Notification), "http://127.0.0.1:1");
        insta::assert_snapshot!(text, @r#"
        {
          "Type" : "Notification",
          "MessageId" : "id",
          "TopicArn" : "arn:aws:sns:us-east-1:000000000000:alerts",
          "Subject" : "a subject",
          "Message" : "a \"message\"",
          "Timestamp" : "2026-04-20T10:00:00.250Z",
          "SignatureVersion" : "1",
          "Signature" : "",
          "SigningCertURL" : "",
          "UnsubscribeURL" : "http://127.0.0.1:1/?Action=Unsubscribe&SubscriptionArn=arn:aws:sns:us-east-1:000000000000:alerts:s"
        }
        "#);
    }

    #[test]
    fn a_confirmation_carries_token_and_address() {
        let text = document(
            &delivery(DeliveryKind::SubscriptionConfirmation),
            "http://127.0.0.1:1",
        );
        let json: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(json["Token"], "abc");
        assert_eq!(
            json["SubscribeURL"],
            "http://127.0.0.1:1/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:us-east-1:000000000000:alerts&Token=abc"
        );
        assert_eq!(json.get("UnsubscribeURL"), None);
    }

    #[test]
    fn a_request_goes_to_the_path_of_the_subscriber() {
        let request = request(&delivery(DeliveryKind::Notification), "http://127.0.0.1:1").unwrap();
        assert_eq!(request.uri(), "/hook?a=b");
        assert_eq!(request.headers()["host"], "127.0.0.1:9");
        assert_eq!(request.headers()["x-amz-sns-message-type"], "Notification");
    }

    #[test]
    fn raw_delivery_sends_the_bare_message_but_confirms_with_the_document() {
        let raw = |kind| {
            let mut delivery = delivery(kind);
            let attributes = &mut delivery.subscription.attributes;
            attributes.insert("RawMessageDelivery".into(), "true".into());
            let request = request(&delivery, "http://127.0.0.1:1").unwrap();
            request.headers().contains_key("x-amz-sns-rawdelivery")
        };
        assert!(raw(DeliveryKind::Notification));
        assert!(!raw(DeliveryKind::SubscriptionConfirmation));
    }
}
