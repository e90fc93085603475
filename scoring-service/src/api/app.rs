use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::api::RequestIds;
use crate::clock::Clock;
use crate::log::LogWriter;
use crate::model::Model;
use crate::settings::Settings;

/// What all requests share.
#[derive(Clone, Debug)]
pub struct App {
    /// The model.
    pub model: Arc<Model>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Where lines go.
    pub log: LogWriter,
    /// Whether `/admin/incident` exists.
    pub allow_incidents: bool,
    pub(super) request_ids: Arc<RequestIds>,
    draining: Arc<AtomicBool>,
}

impl App {
    /// The shared state of a service that has seen no request.
    pub fn new(settings: &Settings, clock: Arc<dyn Clock>, log: LogWriter) -> Self {
        let request_ids = RequestIds::new(clock.wall(), std::process::id());
        Self {
            model: Arc::new(Model::new(Arc::clone(&clock), settings.customers)),
            clock,
            log,
            allow_incidents: settings.allow_incidents,
            request_ids: Arc::new(request_ids),
            draining: Arc::default(),
        }
    }

    /// From now on health checks say that no new requests should come.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    /// Whether the service is stopping.
    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }
}
