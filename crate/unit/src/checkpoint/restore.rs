//! Restoring: from stored checkpoints to a machine.

use ao_data_item::Id;

use crate::Error;
use crate::machine::{Limits, Machine, MachineError, MachineHost};
use crate::store::{CheckpointHead, Store};

use super::chain::{self, Chain};
use super::damage::Damage;
use super::encoding::{Header, Reader};
use super::pages::{Baseline, PAGE};

/// What a machine's runtime may need of memory before any message, in bytes.
const RUNTIME: u64 = 16 << 20;

/// A machine at a place of its process's log.
#[derive(Clone, Debug)]
pub struct Point<M> {
    /// The machine.
    pub machine: M,
    /// How many entries of the log it has evaluated.
    pub at: u64,
    /// What the process's next checkpoint is captured against.
    pub baseline: Baseline,
}

/// What became of a process's checkpoints.
#[derive(Clone, Debug)]
pub struct Restored<M> {
    /// The newest state that could be had; `None`: the log is to be evaluated from its beginning.
    pub point: Option<Point<M>>,
    /// The checkpoints that are of no use. They must be pruned before, or together with, the next one that
    /// is stored, and are worth telling.
    pub discarded: Vec<Discarded>,
}

/// A checkpoint that is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Discarded {
    /// Its place in the log.
    pub at: u64,
    /// Why.
    pub damage: Damage,
}

/// The state of a process at or before `at`, as near as its checkpoints have it. Those that are damaged
/// are passed over.
///
/// # Errors
///
/// When the store cannot be read, or no machine can be made.
pub async fn restore<H: MachineHost>(
    store: &impl Store,
    host: &H,
    process: Id,
    at: u64,
    limits: &Limits,
    seed: u64,
) -> Result<Restored<H::Machine>, Error> {
    let all = store.checkpoints(process).await?;
    let mut heads: Vec<CheckpointHead> = all.iter().filter(|head| head.at <= at).copied().collect();
    let mut discarded = Vec::new();
    while !heads.is_empty() {
        let links = chain::newest(&heads);
        let restored = follow(store, host, process, &links, limits, seed).await;
        let (from, damage) = match restored {
            Ok(mut point) => {
                let goes_on = |head: &CheckpointHead| head.base == links[0].base && head.at > at;
                if all.iter().any(goes_on) {
                    // A second chain must not grow out of the middle of this one.
                    point.baseline = Baseline::blank(seed);
                }
                let point = Some(point);
                return Ok(Restored { point, discarded });
            }
            Err(Failure::Damaged(from, damage)) => (from, damage),
            Err(Failure::Other(error)) => return Err(error),
        };
        let is_lost = |head: &mut CheckpointHead| head.base == links[0].base && head.at >= from;
        discarded.extend(heads.extract_if(.., is_lost).map(|head| Discarded {
            at: head.at,
            damage: if head.at == from {
                damage
            } else {
                Damage::MissingLink { at: from }
            },
        }));
    }
    Ok(Restored {
        point: None,
        discarded,
    })
}

/// The state in a checkpoint that builds on no other.
///
/// # Errors
///
/// When it is damaged, or no machine can be made.
pub fn restore_alone<H: MachineHost>(
    host: &H,
    bytes: &[u8],
    limits: &Limits,
    seed: u64,
) -> Result<Point<H::Machine>, AloneError> {
    let reader = read(host, bytes)?;
    let Header { at, memory, .. } = reader.header;
    check_memory(memory, limits)?;
    let mut restoring = Restoring::begin(host, memory, limits, seed)?;
    restoring.apply(at, memory, reader)?;
    Ok(restoring.finish())
}

/// A checkpoint could not be restored.
#[derive(Clone, Debug, thiserror::Error)]
pub enum AloneError {
    /// It is damaged.
    #[error(transparent)]
    Damaged(#[from] Damage),
    /// There is no machine for it.
    #[error(transparent)]
    Machine(#[from] MachineError),
}

/// Why a chain was not followed to its end.
enum Failure {
    /// The checkpoint in this place is damaged.
    Damaged(u64, Damage),
    Other(Error),
}

async fn follow<H: MachineHost>(
    store: &impl Store,
    host: &H,
    process: Id,
    links: &[CheckpointHead],
    limits: &Limits,
    seed: u64,
) -> Result<Point<H::Machine>, Failure> {
    let (first, last) = (links[0], links[links.len() - 1]);
    check_memory(last.memory, limits).map_err(|damage| Failure::Damaged(last.at, damage))?;
    if first.at != first.base {
        let damage = Damage::MissingLink { at: first.base };
        return Err(Failure::Damaged(first.at, damage));
    }
    let mut restoring = None;
    for link in links {
        let damaged = |damage| Failure::Damaged(link.at, damage);
        let bytes = store.checkpoint(process, link.at).await;
        let bytes = bytes.map_err(|error| Failure::Other(error.into()))?;
        let bytes = bytes.ok_or_else(|| damaged(Damage::MissingLink { at: link.at }))?;
        // Before a machine is made for it: most that are of no use are of another version.
        let reader = read(host, &bytes).map_err(damaged)?;
        let restoring = match &mut restoring {
            Some(restoring) => restoring,
            none => {
                let begun = Restoring::begin(host, last.memory, limits, seed);
                none.insert(begun.map_err(|error| Failure::Other(error.into()))?)
            }
        };
        let applied = restoring.apply(link.at, link.memory, reader);
        applied.map_err(damaged)?;
    }
    restoring.map(Restoring::finish).ok_or_else(|| {
        let damage = Damage::MissingLink { at: first.at };
        Failure::Damaged(first.at, damage)
    })
}

/// That a checkpoint asks for no more than its process may have: who wrote it may be anybody.
fn check_memory(memory: u64, limits: &Limits) -> Result<(), Damage> {
    // A machine is larger than its limit by what its runtime needs at least.
    let most = limits.memory.max(RUNTIME);
    if memory > most {
        return Err(Damage::TooLarge { memory, most });
    }
    Ok(())
}

/// Opens a checkpoint of the host's own machines.
fn read<'a, H: MachineHost>(host: &H, bytes: &'a [u8]) -> Result<Reader<'a>, Damage> {
    let reader = Reader::open(bytes)?;
    if reader.header.stamp != host.stamp() {
        return Err(Damage::OtherMachine);
    }
    Ok(reader)
}

/// A machine on its way to what it was.
struct Restoring<M> {
    machine: M,
    baseline: Baseline,
}

impl<M: Machine> Restoring<M> {
    fn begin<H: MachineHost<Machine = M>>(
        host: &H,
        memory: u64,
        limits: &Limits,
        seed: u64,
    ) -> Result<Self, MachineError> {
        let too_large = |_| MachineError(format!("{memory} bytes of memory are too many"));
        let length = usize::try_from(memory).map_err(too_large)?;
        let mut baseline = Baseline::blank(seed);
        baseline.hashes = vec![baseline.zero(); length.div_ceil(PAGE)];
        Ok(Self {
            machine: host.blank(length, limits)?,
            baseline,
        })
    }

    /// Brings the machine to the next checkpoint, which is known to be at `at` and to restore `memory` bytes.
    fn apply(&mut self, at: u64, memory: u64, mut reader: Reader<'_>) -> Result<(), Damage> {
        let header = reader.header;
        self.check(&header, at, memory)?;
        while let Some(block) = reader.next()? {
            let mut content = block.content;
            for (first, count) in block.runs {
                for page in first..first + count {
                    let (hash, rest) = self.page(page as usize, header.memory, content);
                    self.baseline.hashes[page as usize] = hash;
                    content = rest;
                }
            }
        }
        let size = reader.size();
        let chain = match self.baseline.chain {
            Some(chain) => chain.with(at, reader.checksum, size),
            None => Chain::begin(at, reader.checksum, size),
        };
        self.baseline.chain = Some(chain);
        Ok(())
    }

    fn check(&self, header: &Header, at: u64, memory: u64) -> Result<(), Damage> {
        if header.memory != memory || memory > self.machine.memory() as u64 {
            return Err(Damage::OtherLength {
                expected: memory,
                found: header.memory,
            });
        }
        let chain = self.baseline.chain;
        let expected = (
            chain.map_or(at, |chain| chain.base),
            chain.map_or(at, |chain| chain.at),
            chain.map_or(0, |chain| chain.checksum),
        );
        if header.at != at || (header.base, header.previous, header.link) != expected {
            return Err(Damage::MissingLink {
                at: header.previous,
            });
        }
        Ok(())
    }

    /// Writes a page, whose content is the beginning of `content`; answers its hash, and the rest.
    fn page<'a>(
        &mut self,
        page: usize,
        memory: u64,
        content: Option<&'a [u8]>,
    ) -> (u64, Option<&'a [u8]>) {
        let offset = page * PAGE;
        let length = PAGE.min(memory as usize - offset);
        let Some((content, rest)) = content.map(|content| content.split_at(length)) else {
            self.machine.write(offset, &[0; PAGE][..length]);
            return (self.baseline.zero(), None);
        };
        self.machine.write(offset, content);
        (self.baseline.hash(content), Some(rest))
    }

    fn finish(self) -> Point<M> {
        Point {
            at: self.baseline.at().unwrap_or_default(),
            machine: self.machine,
            baseline: self.baseline,
        }
    }
}
