//! Where a file goes. In: its pieces, in order. Out: the file as it was saved, or nothing that could be taken for it.
//!
//! A Blob is made of smaller ones, so that the browser may put them on disk meanwhile. A file that the user chose is
//! written beside it by the browser and takes its place when it is closed ("File System Standard", createWritable).

use js_sys::{Array, Uint8Array};
use provisioner_core::export::FileFault;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, FileSystemFileHandle, FileSystemWritableFileStream};

/// A place for one file.
pub(in crate::engine) enum Sink {
    /// The pieces of a Blob.
    Blob(Array),
    /// A file that the user chose.
    File(FileSystemFileHandle, FileSystemWritableFileStream),
}

impl Sink {
    /// Opens the place; without a handle it is a Blob.
    pub(in crate::engine) async fn open(handle: Option<FileSystemFileHandle>) -> Result<Self, FileFault> {
        let Some(handle) = handle else { return Ok(Self::Blob(Array::new())) };
        let stream = JsFuture::from(handle.create_writable()).await.map_err(refused)?;
        Ok(Self::File(handle, stream.unchecked_into()))
    }

    /// The file's name, where the user chose it.
    pub(in crate::engine) fn chosen_name(&self) -> Option<String> {
        match self {
            Self::Blob(_) => None,
            Self::File(handle, _) => Some(handle.name()),
        }
    }

    /// Writes the next piece.
    pub(in crate::engine) async fn write(&self, piece: &Uint8Array) -> Result<(), FileFault> {
        if piece.length() == 0 {
            return Ok(());
        }
        match self {
            Self::Blob(parts) => {
                parts.push(&blob(&Array::of1(piece), ""));
            }
            Self::File(_, stream) => {
                let written = stream.write_with_buffer_source(piece).map_err(refused)?;
                JsFuture::from(written).await.map_err(refused)?;
            }
        }
        Ok(())
    }

    /// The file is whole: now it takes its place.
    pub(in crate::engine) async fn close(&self, media_type: &str) -> Result<Blob, FileFault> {
        match self {
            Self::Blob(parts) => {
                let file = blob(parts, media_type);
                // A Blob that the browser had no room for looks like any other until it is read.
                let last = file.slice_with_f64(file.size() - 1.0).map_err(refused)?;
                JsFuture::from(last.array_buffer()).await.map_err(refused)?;
                Ok(file)
            }
            Self::File(handle, stream) => {
                JsFuture::from(stream.close()).await.map_err(refused)?;
                let file = JsFuture::from(handle.get_file()).await.map_err(refused)?;
                Ok(file.unchecked_into())
            }
        }
    }

    /// Throws away what was written; also a file that had its place already, and turned out not to be what it should.
    pub(in crate::engine) async fn discard(self) {
        let Self::File(handle, stream) = self else { return };
        // A stream that has ended in any way cannot be aborted, and then the file is emptied.
        if JsFuture::from(stream.abort()).await.is_ok() {
            return;
        }
        if let Ok(stream) = JsFuture::from(handle.create_writable()).await {
            let stream: FileSystemWritableFileStream = stream.unchecked_into();
            // What refuses even this has no place for a file any more.
            let _ = JsFuture::from(stream.close()).await;
        }
    }
}

/// A Blob of byte arrays or Blobs.
pub(in crate::engine) fn blob(parts: &Array, media_type: &str) -> Blob {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    Blob::new_with_blob_sequence_and_options(parts, &options).expect("byte arrays and Blobs make a Blob")
}

fn refused(reason: JsValue) -> FileFault {
    let word = |name: &str| js_sys::Reflect::get(&reason, &name.into()).ok().and_then(|word| word.as_string());
    FileFault::NotWritten([word("name"), word("message")].into_iter().flatten().collect::<Vec<_>>().join(": "))
}
