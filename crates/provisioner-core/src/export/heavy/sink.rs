//! Where the libraries write to. In: bytes from a library that owns its writer. Out: the same bytes, for whoever holds
//! the other end.

use std::cell::RefCell;
use std::io;
use std::rc::Rc;

/// Bytes between a library and us. Clones are ends of the same.
#[derive(Clone, Default)]
pub(super) struct Sink(Rc<RefCell<Vec<u8>>>);

impl Sink {
    /// Moves what has come so far to the end of `out`.
    pub(super) fn drain_into(&self, out: &mut Vec<u8>) {
        out.append(&mut self.0.borrow_mut());
    }
}

impl io::Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
