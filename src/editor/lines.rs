//! What changes in a file, line by line.

use serde::Serialize;

/// Texts beyond so many lines times lines are told as taken away and put in, whole.
const MOST: usize = 4_000_000;
/// Unchanged lines that are shown around a change.
const AROUND: usize = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// `-`, `+`, a blank, or `…` where unchanged lines are left out.
    pub mark: char,
    /// In the new file; in the old one for what was taken away.
    pub number: usize,
    pub text: String,
}

/// The lines that differ, with some around them.
pub fn changed(before: &str, after: &str) -> Vec<Line> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let mut all: Vec<Line> = Vec::new();
    let mut add = |mark, number: usize, text: &str| all.push(Line { mark, number: number + 1, text: text.to_owned() });
    let (mut a, mut b) = (0, 0);
    for (i, j) in pairs(&old, &new).into_iter().chain([(old.len(), new.len())]) {
        (a..i).for_each(|i| add('-', i, old[i]));
        (b..j).for_each(|j| add('+', j, new[j]));
        if j < new.len() {
            add(' ', j, new[j]);
        }
        (a, b) = (i + 1, j + 1);
    }
    near(all)
}

/// The places of the lines that both have, in order.
pub fn pairs(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let first = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let last = old[first..].iter().rev().zip(new[first..].iter().rev()).take_while(|(a, b)| a == b).count();
    let within = common(&old[first..old.len() - last], &new[first..new.len() - last]);
    let within = within.into_iter().map(|(i, j)| (first + i, first + j));
    let at_the_end = (1..=last).rev().map(|n| (old.len() - n, new.len() - n));
    (0..first).map(|n| (n, n)).chain(within).chain(at_the_end).collect()
}

/// The pairs of a longest common subsequence.
fn common(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    if old.len().saturating_mul(width) > MOST {
        return Vec::new();
    }
    let mut best = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            best[i * width + j] = match old[i] == new[j] {
                true => best[(i + 1) * width + j + 1] + 1,
                false => best[(i + 1) * width + j].max(best[i * width + j + 1]),
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Without what is far from every change.
fn near(all: Vec<Line>) -> Vec<Line> {
    let changes: Vec<usize> = all.iter().enumerate().filter(|(_, line)| line.mark != ' ').map(|(i, _)| i).collect();
    let is_near = |i: usize| {
        let next = changes.partition_point(|change| *change < i);
        let before = next.checked_sub(1).map(|n| changes[n]);
        before.is_some_and(|change| i - change <= AROUND)
            || changes.get(next).is_some_and(|change| change - i <= AROUND)
    };
    let mut shown: Vec<Line> = Vec::new();
    for (i, line) in all.into_iter().enumerate() {
        if is_near(i) {
            shown.push(line);
        } else if shown.last().is_some_and(|last| last.mark != '…') {
            shown.push(Line { mark: '…', number: 0, text: String::new() });
        }
    }
    if shown.last().is_some_and(|last| last.mark == '…') {
        shown.pop();
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> String {
        changed(before, after).iter().map(|line| format!("{}{} {}\n", line.mark, line.number, line.text)).collect()
    }

    #[test]
    fn only_what_changed_is_told_with_a_line_around_it() {
        assert_eq!(told("a\nb\nc\n", "a\nb\nc\n"), "");
        assert_eq!(told("a\nb\nc\nd\n", "a\nb\nx\nd\n"), " 2 b\n-3 c\n+3 x\n 4 d\n");
        assert_eq!(
            told("a\nb\nc\nd\ne\nf\n", "a\nB\nc\nd\nE\nf\n"),
            " 1 a\n-2 b\n+2 B\n 3 c\n 4 d\n-5 e\n+5 E\n 6 f\n"
        );
        assert_eq!(told("1\n2\n3\n4\n5\n6\n7\n", "0\n1\n2\n3\n4\n5\n6\n"), "+1 0\n 2 1\n…0 \n 7 6\n-7 7\n");
        assert_eq!(told("", "a\n"), "+1 a\n");
    }
}
