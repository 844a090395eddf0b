//! What a storage does to those who trust it.

/// The storage failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no room left.
    #[error("the browser gives this site no more storage: free some, or ask for persistence ({0})")]
    Quota(String),
    /// Something else keeps the storage in an earlier version, or from being deleted.
    #[error("the storage {0} is held by another page: close this site's other tabs and try again")]
    Blocked(String),
    /// The storage is gone, or no longer ours: every later use answers this.
    #[error("the storage is gone ({0}): open the unit again")]
    Lost(String),
    /// The storage gave a transaction up. Nothing of it was written.
    #[error("the storage gave up a transaction, of which nothing was written: try again ({0})")]
    Aborted(String),
    /// Anything else; the text is the storage's own.
    #[error("the storage failed: {0}")]
    Failed(String),
}

impl StoreError {
    /// A stable name of the cause, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Quota(_) => "STORE_QUOTA",
            Self::Blocked(_) => "STORE_BLOCKED",
            Self::Lost(_) => "STORE_LOST",
            Self::Aborted(_) => "STORE_ABORTED",
            Self::Failed(_) => "STORE_FAILED",
        }
    }
}
