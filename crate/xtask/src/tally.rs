//! Counting tests from what their runners print.

use std::fmt;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

impl Tally {
    /// Counts a suite that is one test.
    pub(crate) fn one(passed: bool) -> Self {
        Self {
            passed: usize::from(passed),
            failed: usize::from(!passed),
        }
    }

    /// Adds what a line of output tells.
    ///
    /// Known are the summaries of Rust's test runner, natively and in a browser
    /// (`test result: ok. 3 passed; 0 failed; …`), and those of `node:test`
    /// (`# pass 3` as TAP, `ℹ pass 3` for people).
    pub(crate) fn read(&mut self, line: &str) {
        let line = without_colour(line);
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            [
                "test",
                "result:",
                _,
                passed,
                "passed;",
                failed,
                "failed;",
                ..,
            ] => {
                self.passed += passed.parse().unwrap_or(0);
                self.failed += failed.parse().unwrap_or(0);
            }
            ["#" | "ℹ", "pass", passed] => self.passed += passed.parse().unwrap_or(0),
            ["#" | "ℹ", "fail" | "cancelled", failed] => {
                self.failed += failed.parse().unwrap_or(0);
            }
            _ => {}
        }
    }

    /// The count of a suite that ended with or without success: one that failed
    /// without a failed test, or had nothing to say, counts as one failure.
    pub(crate) fn ended(mut self, succeeded: bool) -> Self {
        if self.failed == 0 && (!succeeded || self.passed == 0) {
            self.failed = 1;
        }
        self
    }

    /// Adds another suite's count.
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

fn without_colour(line: &str) -> String {
    let mut pieces = line.split("\x1b[");
    let mut plain = String::from(pieces.next().unwrap_or_default());
    for piece in pieces {
        plain.push_str(piece.split_once('m').map_or(piece, |(_, text)| text));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn reads_the_summary_of_cargo_test() {
        check(
            "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out",
            "12 passed, 3 failed",
        );
    }

    #[test]
    fn reads_a_summary_in_colour() {
        check(
            "test result: \x1b[32mok\x1b[m. 7 passed; 0 failed; 0 ignored",
            "7 passed, 0 failed",
        );
    }

    #[test]
    fn reads_the_summaries_of_node() {
        check("# pass 4\n# fail 1\n# cancelled 0", "4 passed, 1 failed");
        check("ℹ pass 4\nℹ fail 0\nℹ cancelled 2", "4 passed, 2 failed");
    }

    #[test]
    fn ignores_what_a_test_prints() {
        check(
            "test result: who knows\n# passage 3\nfn pass 3",
            "0 passed, 0 failed",
        );
    }

    #[test]
    fn a_suite_that_ran_no_test_counts_as_one_failure() {
        let ended = Tally::default().ended(true);
        assert_eq!(ended.to_string(), "0 passed, 1 failed");
    }

    #[test]
    fn a_suite_that_cannot_run_counts_as_one_failure() {
        let ended = Tally::default().ended(false);
        assert_eq!(ended.to_string(), "0 passed, 1 failed");
    }

    fn check(output: &str, expected: &str) {
        let mut tally = Tally::default();
        output.lines().for_each(|line| tally.read(line));
        assert_eq!(tally.to_string(), expected);
    }
}
