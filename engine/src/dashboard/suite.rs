//! Holds the repository's own dashboards to what they promise.

use std::path::Path;

use super::{Dashboard, WidgetKind, load};

const NAMES: [&str; 5] = [
    "application",
    "business",
    "cost",
    "load-balancer",
    "service-health",
];

fn dashboard(name: &str) -> Dashboard {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dashboards");
    let body = std::fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
    let loaded = load(&body).unwrap_or_else(|errors| panic!("{name}: {errors:?}"));
    assert_eq!(loaded.warnings, [], "{name}");
    loaded.dashboard
}

#[test]
fn the_five_dashboards_are_valid_and_no_widget_covers_another() {
    for name in NAMES {
        let widgets = dashboard(name).widgets;
        for (index, widget) in widgets.iter().enumerate() {
            for other in &widgets[index + 1..] {
                let covers = widget.place.overlaps(&other.place);
                assert!(!covers, "{name}: {:?} and {:?}", widget.place, other.place);
            }
        }
    }
}

#[test]
fn each_dashboard_begins_with_what_to_look_at_first() {
    for name in NAMES {
        let widgets = dashboard(name).widgets;
        match &widgets[0].kind {
            WidgetKind::Text(text) => assert!(text.markdown.contains("**Look first**"), "{name}"),
            other => panic!("{name}: {other:?}"),
        }
        let untitled = |kind: &WidgetKind| matches!(kind, WidgetKind::Text(_));
        assert!(
            widgets
                .iter()
                .all(|w| w.title().is_some() || untitled(&w.kind)),
            "{name}"
        );
    }
}
