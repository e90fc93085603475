use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use belfry_engine::base::Millis;

use super::bodies::{Bodies, Body, Piece};
use super::put_object::piece;
use crate::endpoint::{Document, Fault, Input, Members};

/// All buckets: their names are one space for every region.
#[derive(Debug, Default)]
pub struct S3Store {
    pub(super) buckets: BTreeMap<String, Bucket>,
    pub(super) uploads: u64,
    bodies: Bodies,
    /// How often each body is named.
    named: BTreeMap<String, u64>,
    /// Bodies that may be named no more, since the last call.
    dropped: BTreeSet<String>,
}

/// A bucket.
#[derive(Clone, Debug)]
pub(in crate::endpoint) struct Bucket {
    pub(in crate::endpoint) name: String,
    pub(in crate::endpoint) region: String,
    pub(in crate::endpoint) created: Millis,
    pub(in crate::endpoint) objects: BTreeMap<String, Object>,
    pub(in crate::endpoint) policy: Option<String>,
    pub(in crate::endpoint) encryption: Document,
    pub(in crate::endpoint) public_access_block: Option<Document>,
    pub(in crate::endpoint) ownership: Option<String>,
    pub(in crate::endpoint) lifecycle: Option<Document>,
    pub(in crate::endpoint) tags: BTreeMap<String, String>,
    pub(in crate::endpoint) uploads: BTreeMap<String, Upload>,
}

/// An object: what its headers say, and where its bytes are.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::endpoint) struct Object {
    pub(in crate::endpoint) body: Body,
    /// With its quotes.
    pub(in crate::endpoint) etag: String,
    pub(in crate::endpoint) modified: Millis,
    /// `ContentType`, `CacheControl` …: members that come back as they were given.
    pub(in crate::endpoint) headers: BTreeMap<&'static str, String>,
    pub(in crate::endpoint) metadata: Members,
    pub(in crate::endpoint) storage_class: String,
    /// The member of its checksum, and the value; none for an object of many parts.
    pub(in crate::endpoint) checksum: Option<(&'static str, String)>,
}

/// An upload in parts that is not complete.
#[derive(Clone, Debug)]
pub(in crate::endpoint) struct Upload {
    pub(in crate::endpoint) key: String,
    pub(in crate::endpoint) begun: Millis,
    pub(in crate::endpoint) headers: BTreeMap<&'static str, String>,
    pub(in crate::endpoint) metadata: Members,
    pub(in crate::endpoint) storage_class: String,
    pub(in crate::endpoint) parts: BTreeMap<i64, Part>,
}

/// A part of an upload.
#[derive(Clone, Debug)]
pub(in crate::endpoint) struct Part {
    pub(in crate::endpoint) body: Body,
    pub(in crate::endpoint) etag: String,
    pub(in crate::endpoint) modified: Millis,
}

impl S3Store {
    /// Bodies stand in `folder` from now on.
    pub(in crate::endpoint) fn in_folder(&mut self, folder: PathBuf) {
        self.bodies = Bodies::Folder(folder);
    }

    /// Puts the bytes of a request aside, so that it can be written to the journal.
    pub(in crate::endpoint) fn keep(&mut self, input: &mut Members) -> Result<(), Fault> {
        if let Some(name) = self.bodies.keep(input)? {
            // Until the call names it.
            self.dropped.insert(name);
        }
        Ok(())
    }

    /// Forgets bytes that the calls since the last time left without a name. Called when those calls are in the
    /// journal.
    pub(in crate::endpoint) fn release(&mut self) {
        for name in std::mem::take(&mut self.dropped) {
            if !self.named.contains_key(&name) {
                self.bodies.forget(&name);
            }
        }
    }

    /// Forgets all bytes without a name, after a replay; the error says which are missing.
    pub(in crate::endpoint) fn sweep(&mut self) -> Result<(), String> {
        self.dropped.clear();
        self.bodies.sweep(&self.named)
    }

    /// The bucket, where there is one.
    pub(in crate::endpoint) fn bucket(&self, name: &str) -> Option<&Bucket> {
        self.buckets.get(name)
    }

    /// The buckets, by name.
    pub(in crate::endpoint) fn buckets(&self) -> impl Iterator<Item = &Bucket> {
        self.buckets.values()
    }

    /// The keys of a bucket that begin with `prefix`, in order, and how many bytes each has; nothing where there is no
    /// such bucket.
    pub fn keys(&self, bucket: &str, prefix: &str) -> Option<Vec<(String, u64)>> {
        let objects = &self.buckets.get(bucket)?.objects;
        let found = objects.range(prefix.to_owned()..);
        let found = found.take_while(|(key, _)| key.starts_with(prefix));
        Some(
            found
                .map(|(key, object)| (key.clone(), object.body.length()))
                .collect(),
        )
    }

    /// The bytes of an object; nothing where there is none.
    pub fn get(&self, bucket: &str, key: &str) -> Result<Option<Vec<u8>>, Fault> {
        let bucket = self.buckets.get(bucket);
        let object = bucket.and_then(|bucket| bucket.objects.get(key));
        let read = object.map(|object| self.read_range(object, 0, u64::MAX));
        read.transpose()
    }

    /// Writes an object that a service delivers, as PutObject would; nothing happens where there is no such bucket.
    /// Whoever calls checks the bucket's policy.
    pub fn deliver(
        &mut self,
        bucket: &str,
        key: &str,
        bytes: &[u8],
        now: Millis,
    ) -> Result<(), Fault> {
        if !self.buckets.contains_key(bucket) {
            return Ok(());
        }
        let piece = self.bodies.add(bytes)?;
        self.put(bucket, key, delivered(piece, now));
        Ok(())
    }

    /// The same of bytes that came with a call as `Body` and were [kept](Self::keep).
    pub(in crate::endpoint) fn deliver_kept(
        &mut self,
        bucket: &str,
        key: &str,
        input: &Input<'_>,
        now: Millis,
    ) -> Result<(), Fault> {
        if self.buckets.contains_key(bucket) {
            self.put(bucket, key, delivered(piece(input)?, now));
        }
        Ok(())
    }

    /// The bytes of an object from `from`, at most `most` of them.
    pub(in crate::endpoint) fn read_range(
        &self,
        object: &Object,
        from: u64,
        most: u64,
    ) -> Result<Vec<u8>, Fault> {
        self.bodies.read(&object.body, from, most)
    }

    /// Names a body once more.
    pub(super) fn name(&mut self, body: &Body) {
        for piece in &body.pieces {
            *self.named.entry(piece.sha256.clone()).or_default() += 1;
        }
    }

    /// Names a body once less.
    pub(super) fn unname(&mut self, body: &Body) {
        for piece in &body.pieces {
            let left = self.named.get(&piece.sha256).map_or(0, |count| count - 1);
            if left == 0 {
                self.named.remove(&piece.sha256);
            } else {
                self.named.insert(piece.sha256.clone(), left);
            }
            self.dropped.insert(piece.sha256.clone());
        }
    }

    /// Puts an object into a bucket that is there, over the one with its key.
    pub(super) fn put(&mut self, bucket: &str, key: &str, object: Object) {
        self.name(&object.body);
        let bucket = self.buckets.get_mut(bucket);
        let before = bucket.and_then(|bucket| bucket.objects.insert(key.to_owned(), object));
        if let Some(before) = before {
            self.unname(&before.body);
        }
    }

    /// Takes an object out of a bucket; nothing happens where there is none.
    pub(super) fn delete(&mut self, bucket: &str, key: &str) {
        let bucket = self.buckets.get_mut(bucket);
        if let Some(object) = bucket.and_then(|bucket| bucket.objects.remove(key)) {
            self.unname(&object.body);
        }
    }

    /// Takes an upload away, and what it holds.
    pub(super) fn end_upload(&mut self, bucket: &str, id: &str) {
        let bucket = self.buckets.get_mut(bucket);
        if let Some(upload) = bucket.and_then(|bucket| bucket.uploads.remove(id)) {
            for part in upload.parts.values() {
                self.unname(&part.body);
            }
        }
    }
}

fn delivered(piece: Piece, now: Millis) -> Object {
    let headers = [("ContentType", "application/octet-stream".to_owned())];
    Object {
        etag: format!("\"{}\"", piece.md5),
        body: Body {
            pieces: vec![piece],
        },
        modified: now,
        headers: BTreeMap::from(headers),
        metadata: Members::new(),
        storage_class: "STANDARD".to_owned(),
        checksum: None,
    }
}

impl Bucket {
    /// As a bucket is since April 2023: encrypted with S3's keys, closed to the public, without access lists.
    pub(super) fn new(name: &str, region: &str, created: Millis) -> Self {
        let closed = super::put_public_access_block::FLAGS
            .iter()
            .map(|flag| (*flag, true.into()));
        Self {
            name: name.to_owned(),
            region: region.to_owned(),
            created,
            objects: BTreeMap::new(),
            policy: None,
            encryption: super::put_bucket_encryption::default(),
            public_access_block: Some(Document::structure(closed)),
            ownership: Some("BucketOwnerEnforced".to_owned()),
            lifecycle: None,
            tags: BTreeMap::new(),
            uploads: BTreeMap::new(),
        }
    }
}
