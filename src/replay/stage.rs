use std::sync::Arc;

use belfry_engine::account::Account;
use belfry_engine::base::{Millis, VirtualClock};

use super::{Replay, ReplayError};
use crate::aws::{AwsCloud, CloudError, Session};
use crate::endpoint::{Endpoint, Settings};
use crate::provision::{
    Applied, Cloud, Desired, Kind, Observed, Place, Plan, Scope, Silent, apply,
};
use crate::suite::Suite;

/// An account that holds a suite and nothing else, at one moment.
#[derive(Clone, Debug)]
pub struct Stage {
    account: Account,
    at: Millis,
    /// What the account holds, as a plan sees it.
    observed: Observed,
    place: Place,
}

impl Stage {
    /// Applies `suite` to an empty account at `at`, through the SDK and the embedded endpoint.
    pub async fn of(suite: &Suite, at: Millis) -> Result<Self, ReplayError> {
        let environment = &suite.environment;
        let account = Account::new(&environment.account, &environment.region);
        let endpoint = endpoint_at(at, account);
        let cloud = cloud(&endpoint, suite).await?;
        let desired = watching(suite, cloud.place());
        make(&cloud, &Plan::new(&desired, &Observed::default())).await?;
        let scope = Scope {
            suite: &suite.name,
            prefix: &suite.prefix,
            desired: &desired,
        };
        Ok(Self {
            observed: cloud.observe(&scope).await?,
            account: account_of(&endpoint, suite)?,
            place: cloud.place().clone(),
            at,
        })
    }

    /// The same stage with another version of its suite: only what differs is applied, at the same moment.
    pub async fn changed(&self, suite: &Suite) -> Result<Self, ReplayError> {
        let endpoint = endpoint_at(self.at, self.account.clone());
        let cloud = cloud(&endpoint, suite).await?;
        let plan = Plan::new(&watching(suite, &self.place), &self.observed);
        make(&cloud, &plan).await?;
        Ok(Self {
            account: account_of(&endpoint, suite)?,
            ..self.clone()
        })
    }

    /// The moment of the stage, at which every replay of it begins.
    pub fn at(&self) -> Millis {
        self.at
    }

    /// A replay from the beginning.
    pub fn replay(&self) -> Replay {
        Replay::new(self.account.clone(), self.at)
    }
}

/// What of the suite an account evaluates: not where logs are delivered to and asked, what they cost, and not what others
/// make.
fn watching(suite: &Suite, place: &Place) -> Desired {
    let mut desired = Desired::of(suite, place);
    let is_beside = |kind| {
        matches!(
            kind,
            Kind::Bucket
                | Kind::LoadBalancer
                | Kind::Workgroup
                | Kind::Database
                | Kind::Table
                | Kind::NamedQuery
                | Kind::Budget
        )
    };
    desired
        .resources
        .retain(|address, _| !is_beside(address.kind));
    desired
}

/// An endpoint whose clock stands at `at`.
pub(super) fn endpoint_at(at: Millis, account: Account) -> Arc<Endpoint> {
    let settings = Settings {
        clock: Arc::new(VirtualClock::new(at)),
        account_id: account.id.clone(),
        region: account.region.clone(),
        ..Settings::default()
    };
    Endpoint::holding(settings, account)
}

async fn cloud(endpoint: &Arc<Endpoint>, suite: &Suite) -> Result<AwsCloud, CloudError> {
    let session = Session::in_process(endpoint, &suite.environment.region);
    AwsCloud::open(session, &suite.name).await
}

fn account_of(endpoint: &Endpoint, suite: &Suite) -> Result<Account, ReplayError> {
    let region = &suite.environment.region;
    endpoint.copy_of(region).ok_or_else(|| ReplayError::Empty {
        region: region.clone(),
    })
}

async fn make(cloud: &AwsCloud, plan: &Plan) -> Result<(), ReplayError> {
    let outcome = apply(cloud, plan, &mut Silent).await;
    for (address, _, applied) in outcome.results {
        if let Applied::Failed(source) = applied {
            let source = Box::new(source);
            return Err(ReplayError::Refused { address, source });
        }
    }
    Ok(())
}
