use super::served::Served;
use super::wire::Fixture;

const IDENTITY: &str = "AWSSecurityTokenServiceV20110615.GetCallerIdentity";

#[tokio::test]
async fn the_caller_is_the_endpoints_account_in_json() {
    let reply = Fixture::new().json("1.1", IDENTITY, "{}").await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json()["Account"], "000000000000");
    assert_eq!(reply.header("content-type"), "application/x-amz-json-1.1");
}

#[tokio::test]
async fn the_caller_is_the_endpoints_account_in_xml() {
    let reply = Fixture::new()
        .form("Action=GetCallerIdentity&Version=2011-06-15")
        .await;
    assert_eq!(reply.status, 200);
    assert_eq!(
        reply.text(),
        "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>\
         <UserId>AIDABELFRYLOCALUSER00</UserId><Account>000000000000</Account>\
         <Arn>arn:aws:iam::000000000000:user/belfry</Arn></GetCallerIdentityResult>\
         <ResponseMetadata><RequestId>00000000-0000-4000-8000-000000000001</RequestId></ResponseMetadata>\
         </GetCallerIdentityResponse>"
    );
}

#[tokio::test]
async fn an_unknown_operation_is_refused_by_name() {
    let reply = Fixture::new()
        .json("1.0", "AWSSecurityTokenServiceV20110615.AssumeRole", "{}")
        .await;
    assert_eq!(reply.status, 400);
    assert_eq!(reply.json()["__type"], "UnknownOperationException");
    let message = reply.json()["message"].as_str().unwrap().to_owned();
    assert!(message.contains("`AssumeRole`"), "{message}");
    assert!(message.contains("GetCallerIdentity"), "{message}");
}

#[tokio::test]
async fn the_sdk_learns_who_it_is() {
    let served = Served::new().await;
    let client = aws_sdk_sts::Client::new(&served.config("us-east-1"));
    let identity = client.get_caller_identity().send().await.unwrap();
    assert_eq!(identity.account(), Some("000000000000"));
}
