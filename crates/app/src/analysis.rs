//! What the evidence says, from a capture to its findings. [`pipeline`] is the one place where capture, timeline and
//! analysis are put together; the command line and the jobs of a server use the same.

pub mod pipeline;
