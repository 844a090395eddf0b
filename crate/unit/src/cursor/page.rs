//! Which outcomes a page shows.

use super::{Cursor, Position, Sort};
use crate::Error;

/// What is asked of the results of a process.
///
/// As the network's compute unit has it, `from` and `to` bound the times, whichever way the page is sorted:
/// from the newest to the oldest, the next page is the one *to* the last cursor, not *from* it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// What is shown is behind this.
    from: Option<Cursor>,
    /// What is shown is at this or before it.
    to: Option<Cursor>,
    /// How many outcomes are shown, at most.
    limit: usize,
    sort: Sort,
}

/// What a page shows, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Selection<T> {
    /// The outcomes.
    pub(crate) outcomes: Vec<T>,
    /// Whether there are more beyond the last.
    pub(crate) has_next_page: bool,
}

impl Page {
    /// How many outcomes a page shows if nobody says otherwise.
    pub(crate) const DEFAULT_LIMIT: usize = 25;

    /// Reads what is asked; an empty `from` or `to` is none. The sort that a cursor was made with wins over
    /// `sort`.
    ///
    /// # Errors
    ///
    /// [`Error::CursorInvalid`] if `from` or `to` is neither a cursor nor a time.
    pub(crate) fn parse(
        from: Option<&str>,
        to: Option<&str>,
        limit: Option<usize>,
        sort: Option<Sort>,
    ) -> Result<Self, Error> {
        let parse = |text: Option<&str>| {
            text.filter(|text| !text.is_empty())
                .map(Cursor::parse)
                .transpose()
        };
        let (from, to) = (parse(from)?, parse(to)?);
        let sort_of = |cursor: &Option<Cursor>| cursor.as_ref().and_then(|cursor| cursor.sort);
        Ok(Self {
            sort: sort_of(&from).or(sort_of(&to)).or(sort).unwrap_or_default(),
            from,
            to,
            limit: limit.unwrap_or(Self::DEFAULT_LIMIT),
        })
    }

    /// The way that it is sorted, for the cursors of what it shows.
    pub(crate) fn sort(&self) -> Sort {
        self.sort
    }

    /// Whether it reads from the newest to the oldest.
    pub(crate) fn is_descending(&self) -> bool {
        self.sort == Sort::Desc
    }

    /// How many outcomes it shows, at most.
    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    /// The times between which all that it shows stands, both inclusive.
    pub(crate) fn times(&self) -> (Option<u64>, Option<u64>) {
        let time = |cursor: &Option<Cursor>| cursor.as_ref().map(Cursor::timestamp);
        (time(&self.from), time(&self.to))
    }

    /// The rows that it shows, of rows in the order of their positions. Failed ones are left out: they are
    /// nobody's result, and take no place.
    pub(crate) fn select<'r, R>(
        &self,
        rows: &'r [R],
        position: impl Fn(&R) -> Position<'_>,
        has_failed: impl Fn(&R) -> bool,
    ) -> Selection<&'r R> {
        let behind =
            |cursor: &Cursor| rows.partition_point(|row| !cursor.is_before(&position(row)));
        let up_to = |cursor: &Cursor| rows.partition_point(|row| cursor.reaches(&position(row)));
        let start = self.from.as_ref().map_or(0, behind);
        let end = self.to.as_ref().map_or(rows.len(), up_to);
        let within = rows.get(start..end).unwrap_or_default();
        let shown = within.iter().filter(|row| !has_failed(row));
        match self.sort {
            Sort::Asc => self.take(shown),
            Sort::Desc => self.take(shown.rev()),
        }
    }

    fn take<T>(&self, mut rows: impl Iterator<Item = T>) -> Selection<T> {
        let outcomes = rows.by_ref().take(self.limit).collect();
        Selection {
            outcomes,
            has_next_page: rows.next().is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Row {
        timestamp: u64,
        ordinate: u64,
        cron: Option<&'static str>,
        failed: bool,
    }

    fn position(row: &Row) -> Position<'_> {
        Position {
            timestamp: row.timestamp,
            ordinate: row.ordinate,
            cron: row.cron,
        }
    }

    /// Messages 1 to 30 at 100, 200, …, but 8 and 9 at one time, with a tick after message 9.
    fn rows() -> Vec<Row> {
        let mut rows: Vec<Row> = (1..=30)
            .map(|ordinate| Row {
                timestamp: if ordinate == 9 { 800 } else { ordinate * 100 },
                ordinate,
                cron: None,
                failed: false,
            })
            .collect();
        let tick = Row {
            cron: Some("0-1-second"),
            ..rows[8]
        };
        rows.insert(9, tick);
        rows
    }

    fn select(rows: &[Row], page: &Page) -> (Vec<String>, bool) {
        let selection = page.select(rows, position, |row| row.failed);
        let name = |row: &&Row| {
            format!(
                "{}{}",
                row.ordinate,
                if row.cron.is_some() { "c" } else { "" }
            )
        };
        (
            selection.outcomes.iter().map(name).collect(),
            selection.has_next_page,
        )
    }

    /// The page as one line, with `…` if there is a next one.
    fn shown(from: &str, to: &str, limit: usize, sort: Sort) -> String {
        let page = Page::parse(Some(from), Some(to), Some(limit), Some(sort)).unwrap();
        let (mut names, more) = select(&rows(), &page);
        names.extend(more.then(|| "…".to_owned()));
        names.join(" ")
    }

    fn cursor(timestamp: u64, ordinate: u64, cron: Option<&str>, sort: Sort) -> String {
        let position = Position {
            timestamp,
            ordinate,
            cron,
        };
        position.cursor(sort)
    }

    use Sort::{Asc, Desc};

    #[test]
    fn a_page_has_25_outcomes_from_the_oldest_unless_asked_otherwise() {
        let page = Page::parse(None, None, None, None).unwrap();
        let (names, more) = select(&rows(), &page);
        assert_eq!((names.len(), names[0].as_str(), more), (25, "1", true));
        assert_eq!(shown("", "", 3, Asc), "1 2 3 …");
        assert_eq!(shown("", "", 3, Desc), "30 29 28 …");
        assert_eq!(shown("", "", 0, Asc), "…");
    }

    #[test]
    fn from_a_cursor_is_behind_it() {
        assert_eq!(shown(&cursor(700, 7, None, Asc), "", 3, Asc), "8 9 9c …");
        assert_eq!(shown(&cursor(800, 8, None, Asc), "", 2, Asc), "9 9c …");
        assert_eq!(shown(&cursor(800, 9, None, Asc), "", 2, Asc), "9c 10 …");
        assert_eq!(
            shown(&cursor(800, 9, Some("0-1-second"), Asc), "", 1, Asc),
            "10 …"
        );
        assert_eq!(shown(&cursor(3000, 30, None, Asc), "", 9, Asc), "");
    }

    #[test]
    fn to_a_cursor_includes_it() {
        assert_eq!(shown("700", &cursor(800, 8, None, Asc), 9, Asc), "7 8");
        assert_eq!(shown("800", &cursor(800, 9, None, Asc), 9, Asc), "8 9");
        assert_eq!(
            shown("800", &cursor(800, 9, Some("0-1-second"), Asc), 9, Asc),
            "8 9 9c"
        );
    }

    #[test]
    fn a_time_has_all_its_outcomes_on_either_side() {
        assert_eq!(shown("800", "1000", 9, Asc), "8 9 9c 10");
        assert_eq!(shown("700", "800", 9, Asc), "7 8 9 9c");
        assert_eq!(shown("801", "999", 9, Asc), "");
        assert_eq!(shown("2900", "100", 9, Asc), "", "turned round");
    }

    #[test]
    fn from_and_to_are_times_whichever_way_a_page_is_sorted() {
        assert_eq!(shown(&cursor(2800, 28, None, Desc), "", 9, Desc), "30 29");
        assert_eq!(shown("", &cursor(300, 3, None, Desc), 9, Desc), "3 2 1");
    }

    #[test]
    fn the_cursors_sort_wins() {
        assert_eq!(shown(&cursor(2800, 28, None, Desc), "", 9, Asc), "30 29");
        assert_eq!(shown("", &cursor(200, 2, None, Desc), 9, Asc), "2 1");
        let both = shown(
            &cursor(100, 1, None, Asc),
            &cursor(300, 3, None, Desc),
            9,
            Desc,
        );
        assert_eq!(both, "2 3", "that of `from` first");
        assert_eq!(shown("", "200", 9, Desc), "2 1", "a time has none");
    }

    #[test]
    fn outcomes_that_failed_are_left_out_and_take_no_place() {
        let mut rows = rows();
        for failed in [0, 2, 30] {
            rows[failed].failed = true;
        }
        let page = |limit, sort| Page::parse(None, None, Some(limit), Some(sort)).unwrap();
        assert_eq!(select(&rows, &page(2, Asc)).0, ["2", "4"]);
        assert_eq!(select(&rows, &page(1, Desc)).0, ["29"]);
        assert_eq!(
            (
                select(&rows, &page(28, Asc)).1,
                select(&rows, &page(27, Asc)).1
            ),
            (false, true)
        );
    }

    #[test]
    fn pages_one_after_another_show_everything_once() {
        let rows = rows();
        let (mut from, mut names) = (None, Vec::new());
        loop {
            let page = Page::parse(from.as_deref(), None, Some(4), None).unwrap();
            let selection = page.select(&rows, position, |row| row.failed);
            names.extend(
                selection
                    .outcomes
                    .iter()
                    .map(|row| (row.ordinate, row.cron)),
            );
            from = selection
                .outcomes
                .last()
                .map(|row| position(row).cursor(page.sort()));
            if !selection.has_next_page {
                break;
            }
        }
        let all: Vec<_> = rows.iter().map(|row| (row.ordinate, row.cron)).collect();
        assert_eq!(names, all);
    }
}
