use std::collections::BTreeMap;

use belfry_engine::account::{Account, Delivery};
use belfry_engine::base::Millis;

use super::athena::{self, AthenaStore, Job};
use super::budgets;
use super::document::Document;
use super::elb::{ElbStore, TargetReport};
use super::fault::Fault;
use super::input::Input;
use super::journal::{DataFolder, Entry, Journal};
use super::limits;
use super::operation::Context;
use super::protocol::Call;
use super::region;
use super::s3::{self, S3Store};
use super::settings::{EndpointError, Settings};
use super::stores::Stores;
use super::vended;
use crate::cost::store::{CostLine, read_anomalies, read_export, read_folder};

/// The services whose calls bring bytes that the journal does not hold.
const BRINGS_BYTES: [&str; 2] = [s3::SERVICE.name, vended::SERVICE.name];

/// Everything behind the endpoint's lock: an account for every region that was asked for.
#[derive(Debug, Default)]
pub(super) struct State {
    accounts: BTreeMap<String, Account>,
    stores: Stores,
    latest: Millis,
    requests: u64,
    /// Messages waiting to be sent, oldest first.
    outbox: Vec<Delivery>,
    /// Where changing calls are written; none where everything is in memory only.
    journal: Option<Journal>,
    /// Why nothing is answered any more: a call was run that the journal could not take.
    broken: Option<String>,
}

impl State {
    /// The state that a folder's journal holds; its messages were sent before.
    pub(super) fn restore(folder: &DataFolder, settings: &Settings) -> Result<Self, EndpointError> {
        let mut state = Self::default();
        state.read_costs(settings)?;
        state.stores.s3.in_folder(folder.objects());
        let mut replay = |entry: &Entry| {
            // A call that was refused then is refused again.
            let _ = state.run(settings, &entry.region, &entry.call, entry.at);
        };
        let journal = Journal::open(
            &folder.journal(),
            &settings.account_id,
            &mut replay,
            &*settings.remark,
        )?;
        state.outbox.clear();
        // Nobody runs what had not ended.
        state.take_jobs();
        let swept = state.stores.s3.sweep();
        swept.map_err(|reason| EndpointError::Objects { reason })?;
        state.journal = Some(journal);
        state.give_up_queries(settings);
        Ok(state)
    }

    /// Reads the cost exports of the settings and of the data folder's `costs/`. They are files of somebody else and
    /// not in the journal.
    pub(super) fn read_costs(&mut self, settings: &Settings) -> Result<(), EndpointError> {
        let own = settings.data.as_ref().map(|folder| folder.join("costs"));
        let own = own.filter(|folder| folder.is_dir());
        for path in settings.costs.iter().chain(&own) {
            let store = &mut self.stores.cost;
            if path.is_dir() {
                read_folder(store, path)?;
            } else if path.extension().is_some_and(|e| e == "json") {
                read_anomalies(store, path)?;
            } else {
                read_export(store, path)?;
            }
        }
        Ok(())
    }

    /// Queries that ran when the endpoint before this one ended have failed.
    fn give_up_queries(&mut self, settings: &Settings) {
        let regions = self.stores.athena.all();
        let of_region = |(region, store): (&str, &mut AthenaStore)| {
            let calls = store.unfinished().into_iter().map(|id| athena::lost(&id));
            calls
                .map(|call| (region.to_owned(), call))
                .collect::<Vec<_>>()
        };
        let lost: Vec<(String, Call)> = regions.flat_map(of_region).collect();
        for (region, mut call) in lost {
            // If the journal cannot be written, every request says so.
            let _ = self.answer(settings, &region, &mut call, settings.clock.now());
        }
    }

    /// Takes the queries that are to be run.
    pub(super) fn take_jobs(&mut self) -> Vec<Job> {
        let stores = self.stores.athena.all();
        stores.flat_map(|(_, store)| store.take_jobs()).collect()
    }

    /// Buckets and objects.
    pub(super) fn objects(&self) -> &S3Store {
        &self.stores.s3
    }

    /// Metered lines, in place of those before.
    pub(super) fn put_estimates(&mut self, lines: Vec<CostLine>) {
        self.stores.cost.forget_estimates();
        self.stores.cost.extend(lines);
    }

    /// The load balancers of `region`, where it was asked for.
    pub(super) fn load_balancers(&self, region: &str) -> Option<&ElbStore> {
        self.stores.elb.get(region)
    }

    /// What a load balancer says of its targets.
    pub(super) fn report_targets(&mut self, region: &str, reports: Vec<TargetReport>) {
        self.stores.elb.of(region).report(reports);
    }

    /// In memory only, over the cost exports of the settings.
    pub(super) fn in_memory(settings: &Settings) -> Result<Self, EndpointError> {
        let mut state = Self::default();
        state.read_costs(settings)?;
        Ok(state)
    }

    /// In memory only, with one account.
    pub(super) fn holding(account: Account) -> Self {
        Self {
            accounts: BTreeMap::from([(account.region.clone(), account)]),
            ..Self::default()
        }
    }

    /// The account of `region`, where it was asked for.
    pub(super) fn account(&self, region: &str) -> Option<&Account> {
        self.accounts.get(region)
    }

    /// Runs one call at `now`, or at the latest moment seen: time never goes backwards here. A changing call is in
    /// the journal when this returns.
    pub(super) fn answer(
        &mut self,
        settings: &Settings,
        region: &str,
        call: &mut Call,
        now: Millis,
    ) -> Result<Document, Fault> {
        if let Some(broken) = &self.broken {
            return Err(Fault::internal(broken));
        }
        let now = self.forward(now);
        limits::check(call)?;
        self.put_bytes_aside(call)?;
        let result = self.run(settings, region, call, now);
        if let (Some(journal), true) = (&mut self.journal, call.operation.mutates)
            && let Err(error) = journal.append(now, region, call)
        {
            let broken =
                format!("the journal cannot be written, so nothing is answered any more: {error}");
            self.broken = Some(broken.clone());
            return Err(Fault::internal(broken));
        }
        self.stores.s3.release();
        result
    }

    /// The journal holds what an object is called by, not its bytes.
    fn put_bytes_aside(&mut self, call: &mut Call) -> Result<(), Fault> {
        match &mut call.input {
            Document::Structure(input) if BRINGS_BYTES.contains(&call.service.name) => {
                self.stores.s3.keep(input)
            }
            _ => Ok(()),
        }
    }

    /// The next request id: counted, so that a run repeats.
    pub(super) fn next_request_id(&mut self) -> String {
        self.requests += 1;
        format!("00000000-0000-4000-8000-{:012x}", self.requests)
    }

    fn run(
        &mut self,
        settings: &Settings,
        region: &str,
        call: &Call,
        now: Millis,
    ) -> Result<Document, Fault> {
        let now = self.forward(now);
        let region = region::home(region, call.operation.name, &call.input);
        let account = self
            .accounts
            .entry(region.to_owned())
            .or_insert_with(|| Account::new(&settings.account_id, region));
        account.advance(now);
        let mut cx = Context {
            account: &mut *account,
            stores: &mut self.stores,
            now,
            region,
            account_id: &settings.account_id,
        };
        let input = Input::try_new(&call.input, call.service.words, call.text)?;
        let result = call.operation.run(&mut cx, &input);
        self.outbox.append(&mut account.outbox);
        result
    }

    /// Advances every account to `now`.
    pub(super) fn tick(&mut self, now: Millis) {
        let now = self.forward(now);
        for account in self.accounts.values_mut() {
            account.advance(now);
            self.outbox.append(&mut account.outbox);
        }
    }

    /// Takes the messages that wait to be sent.
    pub(super) fn take_outbox(&mut self) -> Vec<Delivery> {
        std::mem::take(&mut self.outbox)
    }

    /// Takes what is to be remarked on.
    pub(super) fn take_remarks(&mut self) -> Vec<String> {
        std::mem::take(&mut self.stores.budgets.remarks)
    }

    /// Whether messages wait to be sent.
    pub(super) fn has_outbox(&self) -> bool {
        !self.outbox.is_empty()
    }

    /// Looks at the budgets at each of their times since the last one, in order. What a restart lies between is
    /// looked at once.
    fn evaluate_budgets(&mut self, before: Millis, now: Millis) {
        let mut at = before.floor_to(budgets::EVERY).plus(budgets::EVERY);
        if self.stores.budgets.budgets.is_empty() || before.0 == 0 {
            return;
        }
        while at <= now {
            budgets::evaluate(&mut self.stores, &mut self.accounts, at);
            at = at.plus(budgets::EVERY);
        }
    }

    fn forward(&mut self, now: Millis) -> Millis {
        let before = self.latest;
        self.latest = before.max(now);
        self.evaluate_budgets(before, self.latest);
        self.latest
    }
}
