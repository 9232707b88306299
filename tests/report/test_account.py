"""The account: each record has one fate, and what is not known is not counted."""

from __future__ import annotations

from dataclasses import replace

from structurer.report.account import Account, Fate, Told
from structurer.schema import Record, TrialReport


def test_each_report_has_one_fate(report: TrialReport, failed: TrialReport) -> None:
    account = Account(("search.ris",))
    blank = TrialReport(Record("2", None))
    silent = TrialReport(Record("3", "Words.", title="Said"))
    for number, one in enumerate((report, failed, blank, silent, replace(report, error="it went off"))):
        account.add(one, number)
    assert account.told == {
        Fate.EXTRACTED: [
            Told("=Rovacept in gout", "2 effects, 2 arm values, 1 flag", 0),
            Told("Said", "no results", 3),
        ],
        Fate.WITHOUT_ABSTRACT: [Told("2", "", 2)],
        Fate.DUPLICATE: [],
        Fate.FILTERED: [],
        Fate.PROBLEM: [Told("bad-1", "no abstract could be read", 1), Told("=Rovacept in gout", "it went off", 4)],
    }
    assert account.seen == 5
    assert (account.totals["effects"], account.totals["records with a result"]) == (4, 2)


def test_what_is_not_known_is_no_number() -> None:
    account = Account(unknown={Fate.DUPLICATE: "JSON Lines do not tell"})
    account.add(TrialReport(Record("1", "Words.")), 0)
    assert (account.number(Fate.EXTRACTED), account.number(Fate.DUPLICATE), account.seen) == (1, None, None)


def test_a_number_may_be_known_without_its_records() -> None:
    account = Account(counted={Fate.DUPLICATE: 3})
    account.leave_out(Fate.FILTERED, [Told("x", "no trial")])
    assert (account.number(Fate.DUPLICATE), account.number(Fate.FILTERED), account.seen) == (3, 1, 4)
