//! How each service is counted: from what happens (tasks that run, bytes that are scanned) to quantities of the
//! price list.
//!
//! What comes in: usage and a price list. What goes out: amounts by part, or the lines of a bill. To add a
//! service: a file with its usage and a function over the list.

mod athena;
mod fargate;
mod load_balancer;
mod size;

pub use athena::{athena_billed, athena_terabytes};
pub use fargate::{Architecture, FargateCost, FargateTask, Runs, fargate};
pub use load_balancer::{LoadBalancerCost, LoadBalancerUse, LoadUnits, load_balancer};
pub use size::{GIGABYTE, MEGABYTE, TERABYTE, gigabytes, hours};
