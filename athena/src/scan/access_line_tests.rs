use belfry_engine::catalog::{ACCESS_LOG_PATTERN, PUBLISHED_ACCESS_LOG_PATTERN};
use proptest::prelude::*;
use regex::Regex;

use super::access_line::{Divided, Divider, Form};
use crate::func::{Dialect, rust_pattern};

const LINE: &str = r#"h2 2018-07-02T22:23:00.186641Z app/my-lb/50dc6c495c0c9188 10.0.1.252:48160 10.0.0.66:9000 0.000 0.002 0.000 200 200 5 257 "GET https://10.0.2.105:773/a b?c HTTP/2.0" "curl/7.46.0 (x)" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:us-east-2:1:targetgroup/t/73e2 "Root=1-58337327-72bd" "-" "-" 1 2018-07-02T22:22:48.364000Z "waf,forward" "-" "-" "10.0.0.66:9000" "200" "-" "-""#;

/// A pattern, what divides as it does, and how many of its groups are columns.
struct Known {
    pattern: Regex,
    form: Form,
    columns: usize,
}

fn known() -> [Known; 2] {
    [(PUBLISHED_ACCESS_LOG_PATTERN, 34), (ACCESS_LOG_PATTERN, 38)].map(|(text, columns)| {
        let pattern = rust_pattern(text, Dialect::Java).unwrap();
        Known {
            pattern: Regex::new(&format!(r"\A(?:{pattern})\z")).unwrap(),
            form: Form::of(text, columns).unwrap(),
            columns,
        }
    })
}

impl Known {
    fn by_pattern(&self, line: &str) -> Option<Vec<Option<String>>> {
        let captures = self.pattern.captures(line)?;
        let group = |place: usize| captures.get(place).map(|found| found.as_str().to_owned());
        Some((1..=self.columns).map(group).collect())
    }

    fn agrees(&self, line: &str) -> bool {
        // Lines hold no line ends.
        let line = &line.replace(['\r', '\n'], "");
        let mut divider = Divider::new(self.form);
        match divider.divide(line.as_bytes()) {
            Divided::Unsure => true,
            Divided::Nothing => self.by_pattern(line).is_none(),
            Divided::Groups => {
                let text = |group: usize| divider.text(line.as_bytes(), group);
                let owned = |text: &[u8]| String::from_utf8(text.to_vec()).unwrap();
                let texts = (0..self.columns).map(|group| text(group).map(owned));
                let texts: Vec<_> = texts.collect();
                self.by_pattern(line).is_some_and(|found| found == texts)
            }
        }
    }

    fn is_divided(&self, line: &str) -> bool {
        Divider::new(self.form).divide(line.as_bytes()) == Divided::Groups
    }
}

#[test]
fn lines_of_today_are_divided_here() {
    let newer = format!(r#"{LINE} TID_1 "host" "/uri" "TransformSuccess" 10.0.0.1"#);
    let unreleased = format!("{LINE} TID_1 - - - -");
    let later = format!(r#"{LINE} TID_1 "-" - "-" "10.0.0.1" "later" x"#);
    let unanswered = LINE.replace(
        "10.0.0.66:9000 0.000 0.002 0.000 200 200",
        "- -1 -1 -1 502 -",
    );
    let ipv6 = LINE.replace("10.0.1.252:48160", "2001:db8::1:48160");
    for known in known() {
        for line in [LINE, &newer, &unanswered, &ipv6, &unreleased, &later] {
            assert!(known.is_divided(line), "{line}");
            assert!(known.agrees(line), "{line}");
        }
        assert_eq!(Divider::new(known.form).divide(b""), Divided::Nothing);
    }
}

#[test]
fn recorded_lines_are_divided_as_the_pattern_divides_them() {
    let known = known();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../engine/tests/cases/alb");
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for line in text.lines() {
            assert!(known.iter().all(|known| known.agrees(line)), "{line}");
            count += 1;
        }
    }
    assert!(count > 150);
}

#[test]
fn a_pattern_that_differs_by_one_letter_is_not_known() {
    assert_eq!(
        Form::of(PUBLISHED_ACCESS_LOG_PATTERN, 34),
        Some(Form::Published)
    );
    // Its 35th group is what may come later, which is not kept.
    assert_eq!(Form::of(PUBLISHED_ACCESS_LOG_PATTERN, 35), None);
    let other = ACCESS_LOG_PATTERN.replacen("[^ ]", "[^,]", 1);
    assert_eq!(Form::of(&other, 38), None);
}

const PIECES: [&str; 16] = [
    "\"",
    " ",
    "-",
    ":",
    "\" \"",
    "9",
    "a",
    " - - ",
    "\" A - x \"",
    "",
    " \"",
    "\" ",
    "\t",
    "é",
    "\r",
    " \"\" ",
];

proptest! {
    #[test]
    fn mutated_lines_are_divided_as_the_pattern_divides_them(
        edits in prop::collection::vec((0_usize..600, 0_usize..4, prop::sample::select(PIECES.as_slice())), 1..5)
    ) {
        let mut line = format!(r#"{LINE} TID_1 "host" "/uri" "TransformSuccess" 10.0.0.1"#);
        for (at, drop, text) in edits {
            let near = |at: usize| (at..).find(|at| line.is_char_boundary(*at)).unwrap_or(line.len());
            let at = near(at.min(line.len()));
            let end = near((at + drop).min(line.len()));
            line.replace_range(at..end, text);
        }
        for known in known() {
            prop_assert!(known.agrees(&line), "{}", line);
        }
    }

    #[test]
    fn whatever_follows_the_last_field_is_divided_as_the_pattern_divides_it(
        tail in prop::collection::vec(prop::sample::select(vec![" ", "\"", "-", "a", " \"b c\"", " -", " \"", "\" ", " \"\"", "TID_1"]), 0..12)
    ) {
        let line = format!("{LINE}{}", tail.concat());
        for known in known() {
            prop_assert!(known.agrees(&line), "{}", line);
        }
    }

    #[test]
    fn fields_of_any_kind_are_divided_as_the_pattern_divides_them(
        fields in prop::collection::vec((0_usize..40, prop::sample::select(vec!["-", "\"-\"", "\"\"", "", "\"a b\"", "\"a\"b\"", "x", "1.5", "\" \"", "[::1]:80", "\"GET / HTTP/1.1\"", "\"- http://a:80- \"", "a\"b"])), 0..6)
    ) {
        let mut parts: Vec<&str> = LINE.split(' ').collect();
        for (place, text) in fields {
            match parts.get_mut(place) {
                Some(part) => *part = text,
                None => parts.push(text),
            }
        }
        let line = parts.join(" ");
        for known in known() {
            prop_assert!(known.agrees(&line), "{}", line);
        }
    }

    #[test]
    fn a_text_of_quotes_and_blanks_is_divided_as_the_pattern_divides_it(line in "[\" a1:-]{0,120}") {
        for known in known() {
            prop_assert!(known.agrees(&line), "{}", line);
        }
    }
}
