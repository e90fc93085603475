use belfry_engine::diag::Diagnostic;

use super::names::declared;
use super::section::Section;

/// The topics that an alarm of any kind tells, state by state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlarmActions {
    /// Topics told of ALARM.
    pub alarm: Vec<String>,
    /// Topics told of OK.
    pub ok: Vec<String>,
    /// Topics told of INSUFFICIENT_DATA.
    pub insufficient_data: Vec<String>,
}

impl AlarmActions {
    pub(super) fn read(
        cx: &mut Vec<Diagnostic>,
        section: &mut Section<'_>,
        known: &[&str],
    ) -> Self {
        let mut topics = |key| {
            let names = section.strings(cx, key);
            for name in &names {
                declared(cx, "topic", name, known);
            }
            names.into_iter().map(|name| name.value).collect()
        };
        Self {
            alarm: topics("actions"),
            ok: topics("ok_actions"),
            insufficient_data: topics("insufficient_data_actions"),
        }
    }

    /// Whether the topic is told of any state.
    pub fn tell(&self, topic: &str) -> bool {
        let all = [&self.alarm, &self.ok, &self.insufficient_data];
        all.into_iter().flatten().any(|name| name == topic)
    }
}
