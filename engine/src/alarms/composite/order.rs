use std::collections::{BTreeMap, BTreeSet};

/// The names in `children` (each with those it reads) so that all stand after what they read. A name on a
/// cycle is left out: CloudWatch stops evaluating there until a rule is changed (PutCompositeAlarm).
pub(super) fn order(children: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut sorted = Vec::new();
    let mut seen = BTreeSet::new();
    for name in children.keys() {
        walk(children, name, &mut seen, &mut sorted);
    }
    sorted.retain(|name| !is_on_cycle(children, name));
    sorted
}

/// Adds what `root` reads and then `root`, without recursion: chains can be long.
fn walk<'a>(
    children: &'a BTreeMap<String, Vec<String>>,
    root: &'a str,
    seen: &mut BTreeSet<&'a str>,
    sorted: &mut Vec<String>,
) {
    let mut stack = vec![(root, false)];
    while let Some((name, is_done)) = stack.pop() {
        if is_done {
            sorted.push(name.to_owned());
            continue;
        }
        let Some(read) = children.get(name).filter(|_| seen.insert(name)) else {
            continue;
        };
        stack.push((name, true));
        stack.extend(read.iter().map(|child| (child.as_str(), false)));
    }
}

fn is_on_cycle(children: &BTreeMap<String, Vec<String>>, name: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut stack: Vec<&str> = vec![name];
    while let Some(read) = stack.pop().and_then(|next| children.get(next)) {
        for child in read {
            if child == name {
                return true;
            }
            if children.contains_key(child) && seen.insert(child) {
                stack.push(child);
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(rules: &[(&str, &[&str])]) -> String {
        let owned = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
        let children = rules.iter().map(|(n, read)| ((*n).to_owned(), owned(read)));
        order(&children.collect()).join(" ")
    }

    #[test]
    fn what_is_read_stands_first() {
        let rules: &[(&str, &[&str])] = &[("a", &["b", "c"]), ("b", &["c", "m"]), ("c", &["m"])];
        assert_eq!(sorted(rules), "c b a");
    }

    #[test]
    fn alarms_on_a_cycle_are_left_out_and_their_readers_are_not() {
        let rules: &[(&str, &[&str])] = &[
            ("a", &["b"]),
            ("b", &["a"]),
            ("c", &["a", "m"]),
            ("d", &["d"]),
        ];
        assert_eq!(sorted(rules), "c");
    }
}
