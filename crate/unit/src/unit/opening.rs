//! A process's machine, brought to a place in its log: evaluated anew from the start, or from the nearest
//! checkpoint.

use ao_data_item::Id;

use crate::Error;
use crate::assignment::Assignment;
use crate::checkpoint::{Baseline, Discarded, restore};
use crate::evaluation::Evaluator;
use crate::log::{read_assignments, read_outcomes};
use crate::machine::{Limits, MachineHost};
use crate::message::{Content, Message};
use crate::outcome::{Effects, Outcome};
use crate::process::Process;
use crate::store::Store;

/// So many entries of a log are in memory at once while it is evaluated anew.
const ENTRIES_AT_ONCE: u64 = 256;

/// A process's machine, brought to a place in its log.
pub(super) struct Opened<H: MachineHost> {
    pub(super) evaluator: Evaluator<H>,
    /// What the checkpoint has that it was restored from.
    pub(super) baseline: Option<Baseline>,
    /// Checkpoints that turned out to be of no use.
    pub(super) discarded: Vec<Discarded>,
    /// How many entries were evaluated anew.
    pub(super) replayed: u64,
    /// The first message of these that came to something else than it did before, by nonce.
    pub(super) differs: Option<u64>,
}

/// The machine of a process as it stood before entry `until`: from the nearest checkpoint, and the entries
/// since then evaluated anew.
pub(super) async fn open<H: MachineHost>(
    host: &H,
    store: &impl Store,
    process: &Process,
    until: u64,
    limits: &Limits,
    seed: u64,
) -> Result<Opened<H>, Error> {
    let restored = restore(store, host, process.id(), until, limits, seed).await?;
    let (mut evaluator, at, baseline) = match restored.point {
        Some(point) => {
            let evaluator = Evaluator::with(point.machine, process, point.at, *limits);
            (evaluator, point.at, Some(point.baseline))
        }
        None => (Evaluator::new(process, *limits), 0, None),
    };
    let differs = catch_up(&mut evaluator, host, store, process, at, until).await?;
    Ok(Opened {
        evaluator,
        baseline,
        discarded: restored.discarded,
        replayed: until - at,
        differs,
    })
}

/// Evaluates the entries from `from` up to, not including, `until` anew. What failed then left nothing
/// behind: it is passed over, if it failed in this unit and not in a file that says so. Answers the nonce of the first that comes to something else now.
async fn catch_up<H: MachineHost>(
    evaluator: &mut Evaluator<H>,
    host: &H,
    store: &impl Store,
    process: &Process,
    from: u64,
    until: u64,
) -> Result<Option<u64>, Error> {
    let id = process.id();
    let (mut index, mut differs) = (from, None);
    while index < until {
        let end = until.min(index + ENTRIES_AT_ONCE);
        let assignments = read_assignments(store, id, index, end).await?;
        let outcomes = read_outcomes(store, id, index, end).await?;
        for (assignment, stored) in assignments.iter().zip(outcomes) {
            if !stored.failed || index < process.foreign {
                let evaluated =
                    evaluate(evaluator, host, store, process, index, assignment).await?;
                if evaluated.outcome != stored {
                    differs.get_or_insert(assignment.place.nonce);
                }
            }
            index += 1;
        }
    }
    Ok(differs)
}

/// What came of an entry of a log.
pub(super) struct Evaluated {
    /// The id of its message.
    pub(super) message: Id,
    pub(super) outcome: Outcome,
    pub(super) effects: Effects,
}

/// Evaluates one entry of a process's log.
pub(super) async fn evaluate<H: MachineHost>(
    evaluator: &mut Evaluator<H>,
    host: &H,
    store: &impl Store,
    process: &Process,
    index: u64,
    assignment: &Assignment,
) -> Result<Evaluated, Error> {
    let content = assignment.message.content()?;
    let message = content.id;
    if is_reset(process, assignment, &content) {
        let first = read_assignments(store, process.id(), 0, 1).await?;
        evaluator.turn_to(process, 0);
        let (outcome, effects) = evaluator.restart(host, &first[0].describe(process, 0)?)?;
        return Ok(Evaluated {
            message,
            outcome,
            effects,
        });
    }
    evaluator.turn_to(process, index);
    let described = assignment.describe_content(process, index, &content);
    let (outcome, effects) = evaluator.evaluate(host, described)?;
    Ok(Evaluated {
        message,
        outcome,
        effects,
    })
}

/// Whether the owner asks for the process to begin again: what it held is forgotten, and its first message
/// is evaluated instead of this one.
fn is_reset(process: &Process, assignment: &Assignment, content: &Content<'_>) -> bool {
    let is_the_owners = content.owner == process.owner && content.tag("From-Process").is_none();
    let is_to_it = matches!(assignment.message, Message::Item(_) | Message::Sent(_));
    is_the_owners && is_to_it && content.tag("Action") == Some("Reset-Memory")
}
