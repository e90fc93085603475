use aws_sdk_s3::Client;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{CompletedMultipartUpload, CompletedPart};

use super::{code, with_bucket};

const MEBIBYTE: usize = 1024 * 1024;

async fn begin(s3: &Client) -> String {
    let upload = s3.create_multipart_upload().bucket("logs").key("big");
    let upload = upload.content_type("text/plain").send().await.unwrap();
    upload.upload_id().unwrap().to_owned()
}

async fn part(s3: &Client, id: &str, number: i32, bytes: Vec<u8>) -> CompletedPart {
    let part = s3.upload_part().bucket("logs").key("big").upload_id(id);
    let part = part.part_number(number).body(ByteStream::from(bytes));
    let etag = part.send().await.unwrap().e_tag.unwrap();
    CompletedPart::builder()
        .part_number(number)
        .e_tag(etag)
        .build()
}

fn complete(
    s3: &Client,
    id: &str,
    parts: Vec<CompletedPart>,
) -> aws_sdk_s3::operation::complete_multipart_upload::builders::CompleteMultipartUploadFluentBuilder
{
    let upload = CompletedMultipartUpload::builder()
        .set_parts(Some(parts))
        .build();
    let complete = s3.complete_multipart_upload().bucket("logs").key("big");
    complete.upload_id(id).multipart_upload(upload)
}

#[tokio::test]
async fn parts_become_one_object() {
    let (_served, s3) = with_bucket().await;
    let id = begin(&s3).await;
    let first = part(&s3, &id, 1, vec![b'a'; 5 * MEBIBYTE]).await;
    let second = part(&s3, &id, 2, b"end".to_vec()).await;
    let listed = s3
        .list_parts()
        .bucket("logs")
        .key("big")
        .upload_id(&id)
        .send()
        .await
        .unwrap();
    assert_eq!(listed.parts().len(), 2);
    let uploads = s3
        .list_multipart_uploads()
        .bucket("logs")
        .send()
        .await
        .unwrap();
    assert_eq!(uploads.uploads()[0].upload_id(), Some(id.as_str()));
    let done = complete(&s3, &id, vec![first, second])
        .send()
        .await
        .unwrap();
    assert!(done.e_tag().unwrap().ends_with("-2\""));
    let tail = s3.get_object().bucket("logs").key("big");
    let tail = tail.range("bytes=5242878-").send().await.unwrap();
    assert_eq!(tail.content_type(), Some("text/plain"));
    assert_eq!(tail.body.collect().await.unwrap().to_vec(), b"aaend");
    let again = complete(&s3, &id, Vec::new()).send().await;
    assert!(again.is_err());
}

#[tokio::test]
async fn parts_that_do_not_fit_are_refused() {
    let (_served, s3) = with_bucket().await;
    let id = begin(&s3).await;
    let first = part(&s3, &id, 1, b"small".to_vec()).await;
    let second = part(&s3, &id, 2, b"end".to_vec()).await;
    let small = complete(&s3, &id, vec![first.clone(), second.clone()])
        .send()
        .await;
    assert_eq!(code!(small), "EntityTooSmall");
    let swapped = complete(&s3, &id, vec![second, first]).send().await;
    assert_eq!(code!(swapped), "InvalidPartOrder");
    let unknown = CompletedPart::builder()
        .part_number(3)
        .e_tag("\"x\"")
        .build();
    assert_eq!(
        code!(complete(&s3, &id, vec![unknown]).send().await),
        "InvalidPart"
    );
    s3.abort_multipart_upload()
        .bucket("logs")
        .key("big")
        .upload_id(&id)
        .send()
        .await
        .unwrap();
    let gone = s3
        .list_parts()
        .bucket("logs")
        .key("big")
        .upload_id(&id)
        .send()
        .await;
    assert_eq!(code!(gone), "NoSuchUpload");
}
