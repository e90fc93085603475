use anstyle::{AnsiColor, Style};

/// What comes into being.
pub(super) const ADDED: Style = AnsiColor::Green.on_default();
/// What changes.
pub(super) const CHANGED: Style = AnsiColor::Yellow.on_default();
/// What goes, and what went wrong.
pub(super) const REMOVED: Style = AnsiColor::Red.on_default();
/// What stands beside the matter.
pub(super) const FAINT: Style = Style::new().dimmed();
/// What the eye should find.
pub(super) const STRONG: Style = Style::new().bold();

/// `text` in `style`, which ends with it.
pub(super) fn styled(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}
