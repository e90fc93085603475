use super::LogType;
use super::layout::VPC_FLOW_HEADER;
use crate::alb::{Columns, Entry};

/// A line with a value in each column of its [`LogType`].
#[derive(Clone, Debug)]
pub struct Record<'l>(Form<'l>);

#[derive(Clone, Debug)]
enum Form<'l> {
    /// Blanks stand between the values.
    Divided(Vec<&'l str>),
    /// A load balancer's line, with quotes.
    LoadBalancer(&'static Columns, Box<Entry<'l>>),
}

impl<'l> Record<'l> {
    pub(super) fn divided(log_type: LogType, line: &'l str) -> Option<Self> {
        let line = line.trim_matches([' ', '\t', '\r', '\n']);
        let is_record = line != VPC_FLOW_HEADER && LogType::of_line(line) == Some(log_type);
        let fits = is_record && !log_type.columns().is_empty();
        fits.then(|| Self(Form::Divided(line.split(' ').collect())))
    }

    pub(super) fn of_load_balancer(columns: &'static Columns, line: &'l str) -> Option<Self> {
        let entry = Entry::parse(columns.layout, line).ok()?;
        Some(Self(Form::LoadBalancer(columns, Box::new(entry))))
    }

    /// The value in a column, counted from 0; `None` where it is missing or `-`.
    pub fn value(&self, column: usize) -> Option<&'l str> {
        match &self.0 {
            Form::Divided(values) => values.get(column).copied().filter(|value| *value != "-"),
            Form::LoadBalancer(columns, entry) => columns.value(entry, columns.names.get(column)?),
        }
    }
}
