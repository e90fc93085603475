//! The same conditions as programs of Vector's VRL, over an event that is parsed once.

use std::collections::BTreeMap;

use vrl::compiler::state::RuntimeState;
use vrl::compiler::{Context, Program, TargetValue, TimeZone, compile};
use vrl::value::{Secrets, Value};

pub struct Programs {
    programs: Vec<Program>,
    state: RuntimeState,
}

impl Programs {
    pub fn new(sources: &[String]) -> Self {
        let functions = vrl::stdlib::all();
        let compiled = sources.iter().map(|source| {
            let compiled = compile(source, &functions);
            compiled.unwrap_or_else(|wrong| panic!("{source}: {wrong:?}")).program
        });
        Self {
            programs: compiled.collect(),
            state: RuntimeState::default(),
        }
    }

    pub fn run(&mut self, line: &str, matches: &mut [u64]) {
        let value: Value = serde_json::from_str(line).expect("a line");
        let mut target = TargetValue {
            value,
            metadata: Value::Object(BTreeMap::new()),
            secrets: Secrets::default(),
        };
        for (program, sum) in self.programs.iter().zip(matches) {
            let zone = TimeZone::default();
            let mut context = Context::new(&mut target, &mut self.state, &zone);
            *sum += u64::from(matches!(program.resolve(&mut context), Ok(Value::Boolean(true))));
        }
    }
}
