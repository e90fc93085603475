use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tokio::net::TcpStream;

/// Where the local environment of a suite keeps its state, and under which address it is served while a
/// process of Belfry runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalState {
    folder: PathBuf,
}

impl LocalState {
    /// Of the suite in `suite_folder`: `.belfry/local/` beside its belfry.toml.
    pub fn of(suite_folder: &Path) -> Self {
        Self {
            folder: suite_folder.join(".belfry").join("local"),
        }
    }

    /// The folder of the endpoint's data.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Says under which address the environment is served, until the guard is dropped.
    pub fn publish(&self, url: &str) -> io::Result<Published> {
        fs::create_dir_all(&self.folder)?;
        let file = self.address_file();
        fs::write(&file, format!("{url}\n"))?;
        Ok(Published { file })
    }

    /// The address under which a running process serves the environment. An address that nobody listens
    /// at, left over by a process that was killed, counts as none.
    pub async fn served_at(&self) -> Option<String> {
        let url = fs::read_to_string(self.address_file())
            .ok()?
            .trim()
            .to_owned();
        let socket = url.strip_prefix("http://")?.trim_end_matches('/');
        TcpStream::connect(socket).await.ok()?;
        Some(url)
    }

    fn address_file(&self) -> PathBuf {
        self.folder.join("address")
    }
}

/// Takes the published address back when it is dropped.
#[derive(Debug)]
pub struct Published {
    file: PathBuf,
}

impl Drop for Published {
    fn drop(&mut self) {
        // Left behind, it is only an address that nobody listens at.
        let _ = fs::remove_file(&self.file);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_address_counts_while_somebody_listens_at_it() {
        let folder = tempfile::tempdir().unwrap();
        let state = LocalState::of(folder.path());
        assert_eq!(state.served_at().await, None);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let published = state.publish(&url).unwrap();
        assert_eq!(state.served_at().await, Some(url));
        drop(listener);
        assert_eq!(state.served_at().await, None);
        drop(published);
        assert!(!state.address_file().exists());
    }
}
