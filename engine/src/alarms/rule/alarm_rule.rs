use super::RuleExpression;
use super::parser::parse;
use crate::alarms::StateValue;
use crate::diag::{Diagnostic, Span, alarm_rule};
use crate::metrics::MetricError;

const MOST_CHARACTERS: usize = 10_240;
const MOST_ALARMS: usize = 100;

/// The rule of a composite alarm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlarmRule {
    text: String,
    expression: RuleExpression,
}

impl AlarmRule {
    /// Reads a rule; what PutCompositeAlarm refuses comes back with its place.
    pub fn parse(text: &str) -> Result<Self, Box<Diagnostic>> {
        let whole = Span::new(0, text.len());
        if text.is_empty() || text.trim() != text {
            let message = "the alarm rule is empty, or begins or ends with white space";
            let code = &alarm_rule::SURROUNDING_BLANKS;
            return Err(Box::new(Diagnostic::error(code, whole, message)));
        }
        let limit = |message: String| {
            let code = &alarm_rule::LIMIT_EXCEEDED;
            Box::new(Diagnostic::error(code, whole, message))
        };
        if text.chars().count() > MOST_CHARACTERS {
            return Err(limit(format!(
                "the alarm rule has more than {MOST_CHARACTERS} characters"
            )));
        }
        let rule = Self {
            expression: parse(text)?,
            text: text.to_owned(),
        };
        match rule.alarms().len() > MOST_ALARMS {
            true => Err(limit(format!(
                "the alarm rule names more than {MOST_ALARMS} alarms"
            ))),
            false => Ok(rule),
        }
    }

    /// Reads a rule as PutCompositeAlarm does: the refusal is a ValidationError in AWS's words.
    pub fn read(text: &str) -> Result<Self, MetricError> {
        Self::parse(text).map_err(|mistake| MetricError {
            code: "ValidationError",
            message: aws_text(text, &mistake),
        })
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tree.
    pub fn expression(&self) -> &RuleExpression {
        &self.expression
    }

    /// The names and ARNs it reads, each once, in the order of the text.
    pub fn alarms(&self) -> Vec<&str> {
        let mut all = Vec::new();
        self.expression.alarms(&mut all);
        let mut once: Vec<&str> = Vec::new();
        for alarm in all {
            if !once.contains(&alarm) {
                once.push(alarm);
            }
        }
        once
    }

    /// ALARM where the rule holds, else OK: a composite alarm has no other state once it is evaluated.
    pub fn evaluate(&self, state: &dyn Fn(&str) -> StateValue) -> StateValue {
        match self.expression.holds(state) {
            true => StateValue::Alarm,
            false => StateValue::Ok,
        }
    }
}

/// What PutCompositeAlarm answers to a wrong rule. The texts of an unexpected token and of surrounding blanks are
/// recorded; the others are in AWS's manner.
fn aws_text(rule: &str, mistake: &Diagnostic) -> String {
    if mistake.code == &alarm_rule::SURROUNDING_BLANKS {
        return "AlarmRule must not contain leading or trailing whitespace or be null".to_owned();
    }
    let span = mistake.primary.span;
    let place = span.in_chars(rule).start;
    if mistake.code != &alarm_rule::UNEXPECTED_TOKEN {
        return format!("Error in AlarmRule [{} at char {place}]", mistake.message);
    }
    let found = match span.text(rule) {
        "" => "Unexpected end of the rule".to_owned(),
        token => format!("Unsupported token '{token}'"),
    };
    let expected = &mistake.primary.text;
    format!("Error in AlarmRule [{found} at char {place}, {expected}]")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn refused(rule: &str) -> String {
        aws_text(rule, &AlarmRule::parse(rule).unwrap_err())
    }

    #[test]
    fn a_name_with_blanks_and_no_quotes_is_refused_in_the_recorded_words() {
        assert_eq!(
            refused("ALARM(SampleQueue Oldest Age)"),
            "Error in AlarmRule [Unsupported token 'Oldest' at char 18, must be: ')']"
        );
        assert!(refused("()").starts_with("Error in AlarmRule [Unsupported token ')' at char 1"));
        assert_eq!(
            refused(" TRUE"),
            "AlarmRule must not contain leading or trailing whitespace or be null"
        );
    }

    #[test]
    fn what_is_no_rule_is_refused_with_its_place() {
        let table = [
            ("", "R0105", 0),
            ("ALARM(a) AND", "R0101", 12),
            ("ALARM(a) ALARM(b)", "R0101", 9),
            ("ALARM a", "R0101", 6),
            ("ALARM()", "R0101", 6),
            ("NOT NOT TRUE", "R0101", 4),
            ("alarm(a)", "R0101", 0),
            ("ALARM(\"a)", "R0102", 6),
            ("AT_LEAST(0, OK, (a))", "R0104", 9),
            ("AT_LEAST(3, OK, (a, b))", "R0104", 9),
            ("AT_LEAST(101%, OK, (a, b))", "R0104", 9),
            ("AT_LEAST(-1, OK, (a, b))", "R0101", 9),
            ("AT_LEAST(1, TRUE, (a, b))", "R0101", 12),
            ("AT_LEAST(1, OK, a)", "R0101", 16),
        ];
        for (rule, code, place) in table {
            let mistake = AlarmRule::parse(rule).unwrap_err();
            assert_eq!(
                (mistake.code.name, mistake.primary.span.start),
                (code, place),
                "{rule}"
            );
        }
    }

    #[test]
    fn limits_are_kept() {
        let names = |count: usize| {
            let parts: Vec<_> = (0..count).map(|i| format!("ALARM(a{i})")).collect();
            parts.join(" OR ")
        };
        assert_eq!(AlarmRule::parse(&names(100)).unwrap().alarms().len(), 100);
        for rule in [
            names(101),
            format!("{}TRUE{}", "(".repeat(250), ")".repeat(250)),
            format!("ALARM({})", "x".repeat(10_240)),
        ] {
            assert_eq!(AlarmRule::parse(&rule).unwrap_err().code.name, "R0103");
        }
    }

    #[test]
    fn an_alarm_that_stands_twice_is_one_child() {
        let rule = AlarmRule::parse("OK(a) OR ALARM(b) AND AT_LEAST(1, NOT OK, (a, c))").unwrap();
        assert_eq!(rule.alarms(), ["a", "b", "c"]);
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_parser(text in "[ALRMOKNDT_() ,\"%0-9a\\\\é]{0,60}") {
            if let Err(mistake) = AlarmRule::parse(&text) {
                prop_assert!(mistake.primary.span.end <= text.len());
                prop_assert!(!aws_text(&text, &mistake).is_empty());
            }
        }
    }
}
