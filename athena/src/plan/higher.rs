use super::scalar::Scalar;

/// A call with lambda expressions over the items of an array or the entries of a map.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Higher {
    pub(crate) kind: HigherKind,
    pub(crate) array: Scalar,
    /// What `reduce` begins with, or the second array of `zip_with`.
    pub(crate) start: Option<Scalar>,
    /// The lambda expressions' bodies; their parameters are [`super::Node::Bound`] from `first` on.
    pub(crate) bodies: Vec<Scalar>,
    pub(crate) first: usize,
}

/// Which function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HigherKind {
    Transform,
    Filter,
    AnyMatch,
    AllMatch,
    NoneMatch,
    Reduce,
    ZipWith,
    Sort,
    MapFilter,
    TransformKeys,
    TransformValues,
}

impl HigherKind {
    pub(crate) fn of_map(self) -> bool {
        matches!(
            self,
            Self::MapFilter | Self::TransformKeys | Self::TransformValues
        )
    }
}

impl Higher {
    pub(super) fn children(&self) -> Vec<&Scalar> {
        let start = self.start.iter();
        std::iter::once(&self.array)
            .chain(start)
            .chain(&self.bodies)
            .collect()
    }

    pub(super) fn children_mut(&mut self) -> Vec<&mut Scalar> {
        let start = self.start.iter_mut();
        std::iter::once(&mut self.array)
            .chain(start)
            .chain(&mut self.bodies)
            .collect()
    }
}
