//! Dates on either side of the days that count.

use crate::support::Site;

const NIDO: &str = "content/piani/2025-2027/progetti/nido.yaml";

/// The period is 2025-2027, whose norm sets no last day: activities of two years may begin in its last days.
#[test]
fn a_date_is_near_its_plan_up_to_two_years_around_its_period() {
    for (dal, al, wrong) in [
        ("2023-01-01", "2027-12-31", None),
        ("2022-12-31", "2027-12-31", Some("2022-12-31")),
        ("2026-03-16", "2029-12-31", None),
        ("2026-03-16", "2030-01-01", Some("2030-01-01")),
        ("2027-12-31", "2029-12-30", None),
    ] {
        let site = Site::small().replace(NIDO, "stato: in_corso", "stato: finanziato");
        let site = site.replace(NIDO, "dal: 2026-03-16, al: 2027-12-31", &format!("dal: {dal}, al: {al}"));
        let output = site.check();
        match wrong {
            None => drop(output.exits(0).says_nothing()),
            Some(wrong) => {
                assert_eq!(output.codes(), ["C-15"], "{}", output.stderr);
                let column = if wrong == dal { 16 } else { 32 };
                output
                    .exits(1)
                    .says(&format!("{NIDO}:6:{column}"))
                    .says("primo giorno possibile: 1° gennaio 2023; ultimo: 31 dicembre 2029");
            }
        }
    }
}

#[test]
fn a_period_of_ten_years_is_one_and_a_longer_one_is_not() {
    let site =
        |al: &str| Site::small().replace("content/piani/2025-2027/piano.yaml", "al: 2027-12-31", &format!("al: {al}"));
    // It ends later than the folder says: that is told, and is no error.
    assert_eq!(site("2035-01-01").check().exits(0).codes(), ["C-15"]);
    let output = site("2035-01-02").check().exits(1);
    assert_eq!(output.codes(), ["C-15"], "{}", output.stderr);
}
