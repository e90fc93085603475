//! Desired and observed resources, their difference, and the ordered plan.
