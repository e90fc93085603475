use std::sync::Arc;
use std::time::Duration;

use aws_sdk_sns::Client;
use aws_sdk_sns::error::ProvideErrorMetadata as _;
use aws_sdk_sns::types::Tag;
use belfry::endpoint::Settings;
use http::{Request, StatusCode};
use tokio::sync::mpsc;

use super::served::Served;
use super::subscriber::Subscriber;
use super::wire::Fixture;

const ARN: &str = "arn:aws:sns:eu-west-1:000000000000:alerts";

async fn topic(client: &Client) -> String {
    let made = client.create_topic().name("alerts").send().await.unwrap();
    made.topic_arn.unwrap()
}

async fn subscribe(client: &Client, url: &str) {
    let request = client
        .subscribe()
        .topic_arn(ARN)
        .protocol("http")
        .endpoint(url);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.subscription_arn(), Some("pending confirmation"));
}

/// Opens the address as a person would: with no credentials.
async fn open(served: &Served, url: &str) -> String {
    let path = url.strip_prefix(&served.address).unwrap().to_owned();
    let stream = tokio::net::TcpStream::connect(served.address.strip_prefix("http://").unwrap())
        .await
        .unwrap();
    let io = hyper_util::rt::TokioIo::new(stream);
    let (mut sender, connection) = hyper::client::conn::http1::handshake(io).await.unwrap();
    tokio::spawn(connection);
    let request = Request::get(path)
        .header("host", "127.0.0.1")
        .body(http_body_util::Empty::<bytes::Bytes>::new())
        .unwrap();
    let response = sender.send_request(request).await.unwrap();
    let body = http_body_util::BodyExt::collect(response.into_body())
        .await
        .unwrap();
    String::from_utf8(body.to_bytes().to_vec()).unwrap()
}

#[tokio::test]
async fn a_subscriber_confirms_and_then_receives_what_is_published() {
    let served = Served::new().await;
    let client = Client::new(&served.config("eu-west-1"));
    assert_eq!(topic(&client).await, ARN);
    let mut subscriber = Subscriber::new().await;
    subscribe(&client, &subscriber.url).await;

    let asked = subscriber.next().await;
    assert_eq!(
        asked.header("x-amz-sns-message-type"),
        "SubscriptionConfirmation"
    );
    assert_eq!(asked.json()["Type"], "SubscriptionConfirmation");
    let unconfirmed = client
        .publish()
        .topic_arn(ARN)
        .message("unheard")
        .send()
        .await;
    assert!(unconfirmed.is_ok());
    let url = asked.json()["SubscribeURL"].as_str().unwrap().to_owned();
    assert!(
        open(&served, &url)
            .await
            .contains("<ConfirmSubscriptionResult><SubscriptionArn>arn:")
    );

    let published = client
        .publish()
        .topic_arn(ARN)
        .subject("a subject")
        .message("héard");
    let id = published.send().await.unwrap().message_id.unwrap();
    let heard = subscriber.next().await;
    assert_eq!(heard.header("x-amz-sns-message-type"), "Notification");
    assert_eq!(heard.header("x-amz-sns-topic-arn"), ARN);
    assert!(heard.header("x-amz-sns-subscription-arn").starts_with(ARN));
    let json = heard.json();
    assert_eq!(
        (json["Subject"].as_str(), json["Message"].as_str()),
        (Some("a subject"), Some("héard"))
    );
    assert_eq!(json["MessageId"].as_str(), Some(id.as_str()));
    assert_eq!(json["Signature"], "");
}

#[tokio::test]
async fn a_failing_subscriber_is_tried_again_and_then_given_up() {
    let (pass, mut remarks) = mpsc::unbounded_channel();
    let served = Served::with(Settings {
        retry_delays: vec![Duration::ZERO; 2],
        remark: Arc::new(move |text: &str| drop(pass.send(text.to_owned()))),
        ..Settings::default()
    })
    .await;
    let client = Client::new(&served.config("eu-west-1"));
    topic(&client).await;
    let mut later = Subscriber::answering(&[StatusCode::BAD_GATEWAY; 2]).await;
    subscribe(&client, &later.url).await;
    let first = later.next().await.json()["MessageId"].clone();
    for _ in 0..2 {
        assert_eq!(later.next().await.json()["MessageId"], first);
    }
    let never = Subscriber::answering(&[StatusCode::NOT_FOUND; 3]).await;
    subscribe(&client, &never.url).await;
    let remark = remarks.recv().await.unwrap();
    assert!(
        remark.contains("dropped after 3 attempts, answered 404"),
        "{remark}"
    );
    assert!(remark.ends_with(&never.url), "{remark}");
}

#[tokio::test]
async fn a_topic_with_tags_reads_back_through_the_sdk() {
    let served = Served::new().await;
    let client = Client::new(&served.config("eu-west-1"));
    let tag = Tag::builder()
        .key("team")
        .value("fräud & co")
        .build()
        .unwrap();
    let made = client.create_topic().name("alerts").tags(tag.clone());
    made.send().await.unwrap();
    let tags = client
        .list_tags_for_resource()
        .resource_arn(ARN)
        .send()
        .await
        .unwrap();
    assert_eq!(tags.tags(), [tag]);
    client
        .untag_resource()
        .resource_arn(ARN)
        .tag_keys("team")
        .send()
        .await
        .unwrap();
    let tags = client
        .list_tags_for_resource()
        .resource_arn(ARN)
        .send()
        .await
        .unwrap();
    assert_eq!(tags.tags(), []);
    let name = client.set_topic_attributes().topic_arn(ARN);
    name.attribute_name("DisplayName")
        .attribute_value("Alerts")
        .send()
        .await
        .unwrap();
    let attributes = client
        .get_topic_attributes()
        .topic_arn(ARN)
        .send()
        .await
        .unwrap();
    assert_eq!(attributes.attributes().unwrap()["DisplayName"], "Alerts");
    assert_eq!(client.list_topics().send().await.unwrap().topics().len(), 1);
    client.delete_topic().topic_arn(ARN).send().await.unwrap();
    let gone = client
        .get_topic_attributes()
        .topic_arn(ARN)
        .send()
        .await
        .unwrap_err();
    assert_eq!(gone.code(), Some("NotFound"));
    assert!(gone.into_service_error().is_not_found_exception());
}

#[tokio::test]
async fn accounts_of_two_regions_are_apart() {
    let served = Served::new().await;
    topic(&Client::new(&served.config("eu-west-1"))).await;
    let other = Client::new(&served.config("us-east-1"));
    assert_eq!(other.list_topics().send().await.unwrap().topics().len(), 0);
}

#[tokio::test]
async fn email_stays_pending() {
    let fixture = Fixture::new();
    let form = async |body: &str| {
        fixture
            .form(&format!("{body}&Version=2010-03-31"))
            .await
            .text()
    };
    form("Action=CreateTopic&Name=alerts").await;
    let arn = "arn:aws:sns:us-east-1:000000000000:alerts";
    let answer = form(&format!(
        "Action=Subscribe&TopicArn={arn}&Protocol=email&Endpoint=a%40example.com"
    ))
    .await;
    assert!(
        answer.contains("<SubscriptionArn>pending confirmation</SubscriptionArn>"),
        "{answer}"
    );
    let listed = form("Action=ListSubscriptions").await;
    assert!(
        listed.contains("<SubscriptionArn>PendingConfirmation</SubscriptionArn>"),
        "{listed}"
    );
}

#[tokio::test]
async fn what_cannot_be_done_here_is_refused_by_name() {
    let fixture = Fixture::new();
    let form = async |body: &str| {
        fixture
            .form(&format!("{body}&Version=2010-03-31"))
            .await
            .text()
    };
    form("Action=CreateTopic&Name=alerts").await;
    let arn = "arn:aws:sns:us-east-1:000000000000:alerts";
    let cases = [
        (
            "Action=CreateTopic&Name=a.fifo",
            "Invalid parameter: Topic Name",
        ),
        (
            "Action=Publish&TopicArn=nowhere&Message=x",
            "Invalid parameter: TopicArn",
        ),
        (
            "Action=Publish&TopicArn=ARN-none&Message=x",
            "Topic does not exist",
        ),
        (
            "Action=Publish&TopicArn=ARN&Message=",
            "Invalid parameter: Empty message",
        ),
        (
            "Action=Publish&TopicArn=ARN&Message=x&MessageStructure=json",
            "`messageStructure`",
        ),
        (
            "Action=Subscribe&TopicArn=ARN&Protocol=sqs&Endpoint=x",
            "cannot deliver by `sqs`",
        ),
        (
            "Action=Subscribe&TopicArn=ARN&Protocol=fax&Endpoint=x",
            "does not support this protocol string: fax",
        ),
        (
            "Action=Subscribe&TopicArn=ARN&Protocol=http&Endpoint=http%3A%2F%2Fexample.com",
            "only to this machine",
        ),
        (
            "Action=Subscribe&TopicArn=ARN&Protocol=http&Endpoint=x",
            "Endpoint must match the specified protocol",
        ),
        (
            "Action=Subscribe&TopicArn=ARN&Protocol=email&Endpoint=a%40b&Attributes.entry.1.key=FilterPolicy&Attributes.entry.1.value=%7B%7D",
            "`FilterPolicy`",
        ),
        (
            "Action=ConfirmSubscription&TopicArn=ARN&Token=x",
            "Invalid parameter: Token",
        ),
        (
            "Action=SetTopicAttributes&TopicArn=ARN&AttributeName=KmsMasterKeyId&AttributeValue=x",
            "`KmsMasterKeyId`",
        ),
        (
            "Action=ListTopics&NextToken=x",
            "Invalid parameter: NextToken",
        ),
        ("Action=PublishBatch&TopicArn=ARN", "InvalidAction"),
        ("Action=Publish&TopicArn=ARN", "Value null at 'message'"),
    ];
    for (body, expected) in cases {
        let answer = form(&body.replace("ARN", arn)).await;
        assert!(answer.contains("<ErrorResponse"), "{body}: {answer}");
        let plain = answer.replace("&apos;", "'");
        assert!(plain.contains(expected), "{body}: {answer}");
    }
}
