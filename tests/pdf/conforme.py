"""Judges PDF files against PDF/A-2a and PDF/UA-1: one line a file and profile, status 1 if anything fails."""

import sys

import page

PROFILES = {"PDF/A-2a": page.ValidationProfile.PDF_A_2A, "PDF/UA-1": page.ValidationProfile.PDF_UA_1}
# Its tables may be as long as ours.
LIMITS = page.SafetyLimits(max_table_grid_rows=4096)


def main(paths: list[str]) -> int:
    failed = 0
    for path in paths:
        for name, profile in PROFILES.items():
            report = page.validate_pdf(path, profile=profile, limits=LIMITS)
            rules = report.rules
            print(f"{path}: {name}: {rules.passed}/{rules.total} rules, {len(report.failures)} failures")
            for failure in report.failures[:10]:
                print(f"  {failure.rule_id}: {failure.message}")
            failed += len(report.failures)
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
