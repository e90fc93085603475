use std::collections::{BTreeMap, BTreeSet};

use super::{Address, Resource};

/// The addresses of `resources`, each after those it needs: kinds in their order, and composite alarms after the ones
/// they read. Where some need each other, which a suite refuses, the order of names decides.
pub(super) fn ordered<'a>(
    resources: impl Iterator<Item = (&'a Address, &'a Resource)>,
) -> Vec<&'a Address> {
    let resources: BTreeMap<&Address, &Resource> = resources.collect();
    let mut done = BTreeSet::new();
    let mut order = Vec::new();
    for address in resources.keys().copied() {
        visit(address, &resources, &mut done, &mut order);
    }
    order
}

fn visit<'a>(
    root: &'a Address,
    resources: &BTreeMap<&'a Address, &'a Resource>,
    done: &mut BTreeSet<&'a Address>,
    order: &mut Vec<&'a Address>,
) {
    let mut stack = vec![(root, false)];
    while let Some((address, is_read)) = stack.pop() {
        if is_read {
            order.push(address);
            continue;
        }
        if !done.insert(address) {
            continue;
        }
        stack.push((address, true));
        let needs = resources.get(address).map(|r| r.references());
        for need in needs.unwrap_or_default() {
            // Only within a kind: between kinds their own order holds.
            let known = resources.get_key_value(&need).map(|(known, _)| *known);
            stack.extend(known.filter(|k| k.kind == address.kind).map(|k| (k, false)));
        }
    }
}
