use belfry_engine::dashboard::{self, Widget};
use belfry_engine::diag::{Diagnostic, check as codes};

use super::{Check, Finding, Subject};

/// A widget that covers another.
pub(super) const CHECK: Check = Check {
    code: &codes::COVERED_WIDGET,
    look,
};

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for board in &subject.suite.dashboards {
        let Ok(loaded) = dashboard::load(&board.source) else {
            continue;
        };
        let widgets = &loaded.dashboard.widgets;
        for (index, widget) in widgets.iter().enumerate() {
            let earlier = widgets.iter().take(index).enumerate();
            let Some((other, under)) = earlier
                .into_iter()
                .find(|(_, other)| other.place.overlaps(&widget.place))
            else {
                continue;
            };
            let at = board.place_of(&format!("/widgets/{index}"));
            let message = format!("{} covers {}", called(widget, index), called(under, other));
            let place = under.place;
            let help = format!(
                "the other takes the columns {} to {} and the rows {} to {}",
                place.x,
                place.x + place.width - 1,
                place.y,
                place.y + place.height - 1
            );
            findings.push(Finding {
                path: board.path.clone(),
                on: board.subject(),
                diagnostic: Diagnostic::warning(CHECK.code, at, message).help(help),
            });
        }
    }
}

fn called(widget: &Widget, index: usize) -> String {
    match widget.title() {
        Some(title) => format!("the widget `{title}`"),
        None => format!("widget {index}"),
    }
}
