"""Codes of what a person has to look at after a review: in the table of problems, some also in a row's flags."""

# The row reads otherwise than when it was judged; its verdict stands.
CHANGED = "changed_since_verdict"
# A value was typed over one of the program's own cells.
TYPED_OVER = "typed_over"
# The verdict is no word of the list.
UNKNOWN_VERDICT = "unknown_verdict"
# What was judged is no row any more.
WITHOUT_ROW = "verdict_without_row"
# Two verdicts on one row: this one does not stand.
REPLACED = "replaced_verdict"
# A row that people typed, of no record that was read.
STRAY_ROW = "stray_row"
# What people wrote elsewhere into the file.
NOT_CARRIED_OVER = "not_carried_over"

# Of these, the table of problems is the only place that holds what people wrote: they stay from run to run.
LASTING = frozenset({WITHOUT_ROW, REPLACED, STRAY_ROW, NOT_CARRIED_OVER})
