use super::shape::{Leaf, Shape};
use super::{FieldScanner, FieldValue};

/// How many shapes are kept.
const SHAPES: usize = 8;

/// How many shapes are learned before lines of yet another one are simply walked through: input without
/// recurring shapes does not repay learning.
const LESSONS: usize = 64;

/// Reads the fields of one message after the other, by several scanners in one pass. Gives exactly what the
/// scanners give, faster where messages are built alike.
#[derive(Debug)]
pub struct FieldReader<'s> {
    scanners: Vec<&'s FieldScanner>,
    shapes: Vec<Shape>,
    lessons: usize,
    leaves: Vec<Leaf>,
    state: State,
}

/// What is known about the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing yet.
    Unread,
    /// It is not one JSON object.
    NoObject,
    /// It fits this shape.
    Shaped(usize),
    /// It has a shape of its own.
    Walked,
}

impl<'s> FieldReader<'s> {
    /// A reader by `scanners`, which are called by their index.
    pub fn new(scanners: Vec<&'s FieldScanner>) -> Self {
        Self {
            scanners,
            shapes: Vec::new(),
            lessons: 0,
            leaves: Vec::new(),
            state: State::Unread,
        }
    }

    /// A reader for a single message, which does not look for likeness.
    pub(in crate::events) fn walking(scanners: Vec<&'s FieldScanner>) -> Self {
        Self {
            lessons: LESSONS,
            ..Self::new(scanners)
        }
    }

    /// Must be called before the first [`FieldReader::fields`] of each message.
    pub fn start(&mut self) {
        self.state = State::Unread;
    }

    /// Shows the fields of the message by the scanner of that index; what [`FieldScanner::scan`] says. The
    /// message must be the same between two calls of [`FieldReader::start`].
    pub fn fields<'m>(
        &mut self,
        scanner: usize,
        message: &'m str,
        found: &mut impl FnMut(usize, FieldValue<'m>),
    ) -> bool {
        let Some(text) = FieldScanner::object_text(message) else {
            return false;
        };
        if self.state == State::Unread {
            self.state = self.read(text);
        }
        match self.state {
            State::Unread | State::NoObject => false,
            State::Walked => self
                .scanners
                .get(scanner)
                .is_some_and(|scanner| scanner.scan(message, found)),
            State::Shaped(index) => {
                if let Some(shape) = self.shapes.get(index) {
                    shape.fields(scanner, text, &self.leaves, found);
                }
                true
            }
        }
    }

    fn read(&mut self, text: &str) -> State {
        for index in 0..self.shapes.len() {
            if self
                .shapes
                .get_mut(index)
                .is_some_and(|shape| shape.fits(text, &mut self.leaves))
            {
                return State::Shaped(index);
            }
        }
        if self.lessons >= LESSONS {
            return State::Walked;
        }
        let Some(mut shape) = Shape::learn(text, &self.scanners) else {
            return State::NoObject;
        };
        self.lessons += 1;
        if self.shapes.len() >= SHAPES {
            self.shapes.remove(0);
        }
        let fits = shape.fits(text, &mut self.leaves);
        debug_assert!(fits, "a text fits its own shape");
        self.shapes.push(shape);
        if fits {
            State::Shaped(self.shapes.len() - 1)
        } else {
            State::Walked
        }
    }
}
