//! The endpoint as clients see it: raw bytes through the router, and the real SDK over loopback.

mod athena;
mod budgets;
mod budget_spend;
mod log_alarm;
mod logs;
mod mute_rule;
mod alarm_window;
mod ce;
mod cloudwatch;
mod elb;
mod elb_listeners;
mod composite;
mod cloudwatch_wire;
mod faults;
mod hostile;
mod metric_queries;
mod journal;
mod killed;
mod protocols;
mod s3;
mod served;
mod sns;
mod sts;
mod subscriber;
mod vended;
mod wire;
