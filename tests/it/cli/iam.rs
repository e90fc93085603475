use super::fixture::{BELFRY_TOML, Folder};

const ENVIRONMENT: &str = "\n[env.aws]\naccount = \"111122223333\"\nregion = \"eu-west-1\"\n";

fn with_account() -> Folder {
    let folder = Folder::with_suite();
    folder.write("belfry.toml", &format!("{BELFRY_TOML}{ENVIRONMENT}"));
    folder
}

#[test]
fn the_policy_of_plan_reads_and_names_the_suites_resources() {
    let folder = with_account();
    insta::assert_snapshot!(folder.stdout(&["iam", "plan", "--env", "aws"]), @r###"
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "AlarmsAndDashboards",
          "Effect": "Allow",
          "Action": [
            "cloudwatch:ListTagsForResource"
          ],
          "Resource": [
            "arn:aws:cloudwatch::111122223333:dashboard/demo-*",
            "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:demo-*"
          ]
        },
        {
          "Sid": "Dashboards",
          "Effect": "Allow",
          "Action": [
            "cloudwatch:GetDashboard"
          ],
          "Resource": [
            "arn:aws:cloudwatch::111122223333:dashboard/demo-*"
          ]
        },
        {
          "Sid": "Everything",
          "Effect": "Allow",
          "Action": [
            "cloudwatch:DescribeAlarms",
            "cloudwatch:ListAlarmMuteRules",
            "cloudwatch:ListDashboards",
            "elasticloadbalancing:DescribeLoadBalancerAttributes",
            "elasticloadbalancing:DescribeLoadBalancers",
            "elasticloadbalancing:DescribeTags",
            "logs:DescribeLogGroups",
            "logs:DescribeQueryDefinitions",
            "sns:ListTopics",
            "tag:GetResources"
          ],
          "Resource": [
            "*"
          ]
        },
        {
          "Sid": "LogGroupsBeside",
          "Effect": "Allow",
          "Action": [
            "logs:DescribeMetricFilters",
            "logs:DescribeSubscriptionFilters",
            "logs:ListTagsForResource"
          ],
          "Resource": [
            "arn:aws:logs:eu-west-1:111122223333:log-group:/demo/*"
          ]
        },
        {
          "Sid": "MuteRules",
          "Effect": "Allow",
          "Action": [
            "cloudwatch:GetAlarmMuteRule",
            "cloudwatch:ListTagsForResource"
          ],
          "Resource": [
            "arn:aws:cloudwatch:eu-west-1:111122223333:alarm-mute-rule:demo-*"
          ]
        },
        {
          "Sid": "Topics",
          "Effect": "Allow",
          "Action": [
            "sns:GetTopicAttributes",
            "sns:ListSubscriptionsByTopic",
            "sns:ListTagsForResource"
          ],
          "Resource": [
            "arn:aws:sns:eu-west-1:111122223333:demo-*"
          ]
        }
      ]
    }
    "###);
}

#[test]
fn the_policy_of_apply_allows_no_deletion_of_what_holds_data() {
    let text = with_account().stdout(&["iam", "apply", "--env", "aws"]);
    for action in ["DeleteLogGroup", "DeleteTopic"] {
        assert!(!text.contains(action), "{action}");
    }
    assert!(text.contains("cloudwatch:PutMetricAlarm"), "{text}");
}

#[test]
fn only_githubs_environment_may_take_the_role_that_writes() {
    let arguments = ["iam", "apply", "--env", "aws", "--trust", "acme/fraud"];
    insta::assert_snapshot!(with_account().stdout(&arguments), @r###"
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Principal": {
            "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
          },
          "Action": "sts:AssumeRoleWithWebIdentity",
          "Condition": {
            "StringEquals": {
              "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
              "token.actions.githubusercontent.com:sub": [
                "repo:acme/fraud:environment:production"
              ]
            }
          }
        }
      ]
    }
    "###);
}

#[test]
fn a_repository_that_would_trust_everybody_is_refused() {
    let folder = with_account();
    for repository in ["*", "acme/*", "acme", "acme/fraud:pull_request", "/x"] {
        let answer = folder.belfry(&["iam", "plan", "--trust", repository]);
        assert!(answer.starts_with("exit 2\n"), "{answer}");
    }
}

#[test]
fn a_role_that_does_not_exist_is_told_those_that_do() {
    insta::assert_snapshot!(with_account().belfry(&["iam", "admin"]), @r###"
    exit 2
    ----- stdout -----
    ----- stderr -----
    error: no role is called `admin`
    hint: the roles are plan, apply, on-call, cost
    "###);
}

#[test]
fn every_role_is_listed_with_the_length_of_its_policy() {
    let text = with_account().stdout(&["iam"]);
    for role in ["plan", "apply", "on-call", "cost"] {
        assert!(
            text.contains(&format!("\n{role} ")) || text.starts_with(role),
            "{text}"
        );
    }
    let lengths = text.split("at most ").skip(1);
    let lengths = lengths.filter_map(|rest| rest.split(' ').next()?.parse::<usize>().ok());
    assert!(
        lengths.clone().count() == 4 && lengths.max() < Some(6144),
        "{text}"
    );
}
