//! A process's machine, brought to a place in its log: evaluated anew from the start, or from the nearest
//! checkpoint.

use std::ops::Range;

use ao_data_item::Id;

use crate::Error;
use crate::assignment::Assignment;
use crate::checkpoint::{Baseline, Discarded, restore};
use crate::evaluation::Evaluator;
use crate::log::{ENTRIES_AT_ONCE, read_assignments, read_outcomes};
use crate::machine::{Limits, MachineHost};
use crate::message::{Content, Message};
use crate::outcome::{Effects, Outcome};
use crate::process::Process;
use crate::store::Store;

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
    // What failed in this unit left nothing behind. That it failed elsewhere is but the word of a file.
    let has_effect = |index, stored: &Outcome| !stored.failed || index < process.foreign;
    let mut differs = None;
    let compare = |assignment: &Assignment, stored: &Outcome, now: &Outcome| {
        if now != stored {
            differs.get_or_insert(assignment.place.nonce);
        }
    };
    evaluate_again(
        &mut evaluator,
        host,
        store,
        process,
        at..until,
        has_effect,
        compare,
    )
    .await?;
    Ok(Opened {
        evaluator,
        baseline,
        discarded: restored.discarded,
        replayed: until - at,
        differs,
    })
}

/// Evaluates those entries of `range` anew that `is_wanted` names by index and stored outcome, and shows
/// each with what was stored and what came of it now.
pub(super) async fn evaluate_again<H: MachineHost>(
    evaluator: &mut Evaluator<H>,
    host: &H,
    store: &impl Store,
    process: &Process,
    range: Range<u64>,
    is_wanted: impl Fn(u64, &Outcome) -> bool,
    mut show: impl FnMut(&Assignment, &Outcome, &Outcome),
) -> Result<(), Error> {
    let id = process.id();
    let mut index = range.start;
    while index < range.end {
        let end = range.end.min(index + ENTRIES_AT_ONCE);
        let assignments = read_assignments(store, id, index, end).await?;
        let outcomes = read_outcomes(store, id, index, end).await?;
        for (assignment, stored) in assignments.iter().zip(outcomes) {
            if is_wanted(index, &stored) {
                let evaluated = evaluate(evaluator, host, store, process, index, assignment);
                show(assignment, &stored, &evaluated.await?.outcome);
            }
            index += 1;
        }
    }
    Ok(())
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
