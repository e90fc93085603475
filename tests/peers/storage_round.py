"""What is left of S3 and of load balancers through boto3: settings of buckets, copies, uploads in parts that are given up, attributes, tags."""

import json

from talk import client, expect, refused

BUCKET = "peers-storage"


def main(url):
    s3 = client("s3", url)
    settings(s3)
    objects(s3)
    balancers(client("elbv2", url))


def settings(s3):
    s3.create_bucket(Bucket=BUCKET)
    expect(BUCKET in [one["Name"] for one in s3.list_buckets()["Buckets"]], True, "the buckets")
    expect(s3.head_bucket(Bucket=BUCKET)["BucketRegion"], "us-east-1", "the bucket's region")
    expect(s3.get_bucket_location(Bucket=BUCKET)["LocationConstraint"], None, "the location of us-east-1")
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}
    s3.put_bucket_encryption(Bucket=BUCKET, ServerSideEncryptionConfiguration={"Rules": [rule]})
    found = s3.get_bucket_encryption(Bucket=BUCKET)["ServerSideEncryptionConfiguration"]["Rules"][0]
    expect(found["ApplyServerSideEncryptionByDefault"], rule["ApplyServerSideEncryptionByDefault"], "encryption")
    s3.delete_bucket_encryption(Bucket=BUCKET)
    blocked = {key: True for key in ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")}
    s3.put_public_access_block(Bucket=BUCKET, PublicAccessBlockConfiguration=blocked)
    expect(s3.get_public_access_block(Bucket=BUCKET)["PublicAccessBlockConfiguration"], blocked, "the public is kept out")
    s3.delete_public_access_block(Bucket=BUCKET)
    owned = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    s3.put_bucket_ownership_controls(Bucket=BUCKET, OwnershipControls=owned)
    expect(s3.get_bucket_ownership_controls(Bucket=BUCKET)["OwnershipControls"], owned, "ownership")
    s3.delete_bucket_ownership_controls(Bucket=BUCKET)
    refused(s3.get_bucket_ownership_controls, "OwnershipControlsNotFoundError", Bucket=BUCKET)
    statement = {"Effect": "Allow", "Principal": {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
                 "Action": "s3:PutObject", "Resource": f"arn:aws:s3:::{BUCKET}/*"}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(policy))
    expect(json.loads(s3.get_bucket_policy(Bucket=BUCKET)["Policy"]), policy, "the policy")
    s3.delete_bucket_policy(Bucket=BUCKET)
    s3.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": [
        {"ID": "a", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 1}}]})
    s3.delete_bucket_lifecycle(Bucket=BUCKET)
    refused(s3.get_bucket_lifecycle_configuration, "NoSuchLifecycleConfiguration", Bucket=BUCKET)
    s3.put_bucket_tagging(Bucket=BUCKET, Tagging={"TagSet": [{"Key": "a", "Value": "b"}]})
    s3.delete_bucket_tagging(Bucket=BUCKET)
    refused(s3.get_bucket_tagging, "NoSuchTagSet", Bucket=BUCKET)


def objects(s3):
    for key in ("a", "b", "c"):
        s3.put_object(Bucket=BUCKET, Key=key, Body=key.encode())
    s3.copy_object(Bucket=BUCKET, Key="copy/a", CopySource={"Bucket": BUCKET, "Key": "a"})
    expect(s3.get_object(Bucket=BUCKET, Key="copy/a")["Body"].read(), b"a", "the copy")
    s3.delete_object(Bucket=BUCKET, Key="a")
    gone = s3.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": key} for key in ("b", "c", "copy/a", "never")]})
    expect(len(gone["Deleted"]), 4, "objects deleted at once")
    upload = s3.create_multipart_upload(Bucket=BUCKET, Key="long")["UploadId"]
    s3.upload_part(Bucket=BUCKET, Key="long", UploadId=upload, PartNumber=1, Body=b"x" * 5_242_880)
    parts = s3.list_parts(Bucket=BUCKET, Key="long", UploadId=upload)["Parts"]
    expect([(part["PartNumber"], part["Size"]) for part in parts], [(1, 5_242_880)], "parts")
    expect(s3.list_multipart_uploads(Bucket=BUCKET)["Uploads"][0]["UploadId"], upload, "uploads")
    s3.abort_multipart_upload(Bucket=BUCKET, Key="long", UploadId=upload)
    refused(s3.list_parts, "NoSuchUpload", Bucket=BUCKET, Key="long", UploadId=upload)
    s3.delete_bucket(Bucket=BUCKET)
    refused(s3.list_objects_v2, "NoSuchBucket", Bucket=BUCKET)


def balancers(elb):
    made = elb.create_load_balancer(Name="peers-2", Subnets=["subnet-1", "subnet-2"], Tags=[{"Key": "team", "Value": "peers"}])
    arn = made["LoadBalancers"][0]["LoadBalancerArn"]
    found = elb.describe_load_balancers(Names=["peers-2"])["LoadBalancers"][0]
    expect((found["LoadBalancerArn"], found["Type"]), (arn, "application"), "the load balancer")
    wanted = {"idle_timeout.timeout_seconds": "30", "routing.http.drop_invalid_header_fields.enabled": "true"}
    elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=[{"Key": k, "Value": v} for k, v in wanted.items()])
    all_of_it = {one["Key"]: one["Value"] for one in elb.describe_load_balancer_attributes(LoadBalancerArn=arn)["Attributes"]}
    expect({key: all_of_it[key] for key in wanted}, wanted, "attributes")
    expect(all_of_it["access_logs.s3.enabled"], "false", "an attribute's default")
    refused(elb.modify_load_balancer_attributes, "ValidationError", LoadBalancerArn=arn,
            Attributes=[{"Key": "idle_timeout.timeout_seconds", "Value": "4001"}])
    elb.add_tags(ResourceArns=[arn], Tags=[{"Key": "env", "Value": "test"}])
    elb.remove_tags(ResourceArns=[arn], TagKeys=["team"])
    expect(elb.describe_tags(ResourceArns=[arn])["TagDescriptions"][0]["Tags"], [{"Key": "env", "Value": "test"}], "tags")
    group = elb.create_target_group(Name="peers-2", Protocol="HTTP", Port=80, VpcId="vpc-1", TargetType="ip")
    group = group["TargetGroups"][0]["TargetGroupArn"]
    expect(elb.describe_target_groups(Names=["peers-2"])["TargetGroups"][0]["TargetGroupArn"], group, "the target group")
    elb.register_targets(TargetGroupArn=group, Targets=[{"Id": "10.0.0.1"}])
    elb.deregister_targets(TargetGroupArn=group, Targets=[{"Id": "10.0.0.1"}])
    elb.delete_target_group(TargetGroupArn=group)
    elb.delete_load_balancer(LoadBalancerArn=arn)
    refused(elb.describe_load_balancers, "LoadBalancerNotFound", Names=["peers-2"])
