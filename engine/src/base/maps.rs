/// A hash map with a fast hash that is safe against hostile keys within one process.
/// Iterate it only where order is not seen; otherwise take a `BTreeMap` or an `IndexMap`.
pub type FastMap<K, V> = hashbrown::HashMap<K, V, foldhash::fast::RandomState>;

/// The set that goes with [`FastMap`].
pub type FastSet<K> = hashbrown::HashSet<K, foldhash::fast::RandomState>;
