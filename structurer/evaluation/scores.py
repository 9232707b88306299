"""Precision, recall and F1 of each field over whole abstracts; every item missed and every item made up counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from structurer.evaluation.agreement import (
    arm_value_keys,
    effect_keys,
    keys_of_effects,
    number,
    operator,
    words_agree,
    words_agree_or_absent,
)
from structurer.evaluation.figures import ACCURACIES, COUNTED, FIGURES_OF_PART
from structurer.evaluation.gold import Gold, Object
from structurer.evaluation.section_paint import gold_starts, labels_by_character

# A split is right when no more than a stray sign stands under another label.
_SPLIT_RIGHT = 0.995


class Miss(NamedTuple):
    """One thing that is not as the gold has it: `kind` is missed, made up, differs, or a share of characters."""

    record_id: str
    field: str
    kind: str
    item: str


@dataclass(slots=True)
class Tally:
    """Counts of items right, made up and missed."""

    right: int = 0
    made_up: int = 0
    missed: int = 0

    @property
    def row(self) -> dict[str, float | int]:
        """Precision, recall, F1, and how many there are; a share of nothing is 1."""
        gold, found = self.right + self.missed, self.right + self.made_up
        precision, recall = _share(self.right, found), _share(self.right, gold)
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {"precision": precision, "recall": recall, "f1": f1, "gold": gold, "found": found}


@dataclass(slots=True)
class Accuracy:
    """How many of some decisions were right."""

    right: int = 0
    of: int = 0

    def add(self, right: bool) -> None:
        """Count one decision."""
        self.of += 1
        self.right += right

    @property
    def row(self) -> dict[str, float | int]:
        """The share that is right, and of how many."""
        return {"accuracy": _share(self.right, self.of), "of": self.of}


@dataclass(slots=True)
class Scores:
    """All figures of one evaluation, and each miss."""

    tallies: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in COUNTED})
    accuracies: dict[str, Accuracy] = field(default_factory=lambda: {name: Accuracy() for name in ACCURACIES})
    characters: Accuracy = field(default_factory=Accuracy)
    splits: Accuracy = field(default_factory=Accuracy)
    n_total: Accuracy = field(default_factory=Accuracy)
    n_total_found: int = 0
    records: int = 0
    without_prediction: int = 0
    misses: list[Miss] = field(default_factory=list)
    judged: set[str] = field(default_factory=set)

    def rows(self) -> dict[str, dict[str, float | int]]:
        """The figures by field, in the order in which they are shown; of a part that no gold speaks of, none."""
        found = {name: tally.row for name, tally in self.tallies.items()}
        found["sections"] = {
            "characters_right": self.characters.row["accuracy"],
            "whole_splits_right": self.splits.row["accuracy"],
        }
        found["n_total"] = {
            "recall": self.n_total.row["accuracy"],
            "precision": _share(self.n_total.right, self.n_total_found),
            "gold": self.n_total.of,
            "found": self.n_total_found,
        }
        found |= {name: accuracy.row for name, accuracy in self.accuracies.items()}
        unknown = (
            {name for part in FIGURES_OF_PART.keys() - self.judged for name in FIGURES_OF_PART[part]}
            if self.judged
            else set()
        )
        found = {name: row for name, row in found.items() if name not in unknown}
        found["records"] = {"gold": self.records, "without_prediction": self.without_prediction}
        return found


def score(golds: Iterable[Gold], texts: Mapping[str, str], found: Mapping[str, Object]) -> Scores:
    """Score predictions (as `report_to_dict` makes them, by record id) against `golds`.

    A record without a prediction counts as one that found nothing. Raises KeyError for a gold id that has no text.
    """
    scores = Scores()
    for gold in golds:
        scores.records += 1
        scores.judged |= gold.judged
        scores.without_prediction += gold.record_id not in found
        _Abstract(scores, gold, texts[gold.record_id], found.get(gold.record_id, {})).score()
    return scores


@dataclass(slots=True)
class _Abstract:
    """One abstract's part of the scores."""

    scores: Scores
    gold: Gold
    text: str
    found: Object

    def score(self) -> None:
        scorers = {
            "sections": self._sections,
            "registry_ids": self._registry_ids,
            "p_values": self._p_values,
            "effects": self._effects,
            "arm_values": self._arm_values,
            "sample_sizes": self._sample_sizes,
            "arms": self._arm_sizes,
            "n_total": self._n_total,
        }
        for part, score_part in scorers.items():
            if part in self.gold.judged:
                score_part()

    def _items(self, part: str) -> list[Object]:
        return list(self.found.get(part) or [])

    def _miss(self, name: str, kind: str, item: str) -> None:
        self.scores.misses.append(Miss(self.gold.record_id, name, kind, item))

    def _count(self, name: str, gold: Iterable[Hashable], found: Iterable[Hashable]) -> None:
        wanted, told = Counter(gold), Counter(found)
        tally = self.scores.tallies[name]
        tally.right += (wanted & told).total()
        tally.missed += (wanted - told).total()
        tally.made_up += (told - wanted).total()
        for kind, items in (("missed", wanted - told), ("made up", told - wanted)):
            for item in items.elements():
                self._miss(name, kind, repr(item))

    def _sections(self) -> None:
        starts = gold_starts(self.gold.sections, self.text)
        told = sorted(((item["label"], item["start"]) for item in self._items("sections")), key=lambda item: item[1])
        wanted_labels = labels_by_character(starts, len(self.text))
        told_labels = labels_by_character(told, len(self.text))
        solid = [
            (wanted, label)
            for character, wanted, label in zip(self.text, wanted_labels, told_labels, strict=True)
            if not character.isspace() and wanted is not None
        ]
        right = sum(wanted == label for wanted, label in solid)
        self.scores.characters.right += right
        self.scores.characters.of += len(solid)
        whole = bool(solid) and right / len(solid) >= _SPLIT_RIGHT
        self.scores.splits.add(whole)
        if not whole:
            labels = f"{[label for label, _ in starts]!r} / {[label for label, _ in told]!r}"
            self._miss("sections", f"{right}/{len(solid)}", labels)

    def _registry_ids(self) -> None:
        registered = {item["id"].upper() for item in self._items("registry_ids")}
        self._count("registry_ids", [row[0].upper() for row in self.gold.registry_ids], registered)

    def _p_values(self) -> None:
        wanted = [(operator(sign), number(value), role) for _, sign, value, role in self.gold.p_values]
        told = [
            (operator(p["operator"]), number(p.get("value")), p.get("role", "result")) for p in self._items("p_values")
        ]
        values = Counter(p[:2] for p in wanted), Counter(p[:2] for p in told)
        self._count("p_values", values[0].elements(), values[1].elements())
        roles = self.scores.accuracies["p_role"]
        roles.of += (values[0] & values[1]).total()
        roles.right += (Counter(wanted) & Counter(told)).total()

    def _effects(self) -> None:
        told = self._items("effects")
        wanted_keys, told_keys = keys_of_effects(self.gold.effects), keys_of_effects(told)
        for name, keys in wanted_keys.items():
            self._count(name, keys.elements(), told_keys[name].elements())
        outcome, comparison, timepoint = (
            self.scores.accuracies[name] for name in ("outcome", "comparison", "timepoint")
        )
        for effect in self.gold.effects:
            numbers = effect_keys(effect).interval
            twins = [twin for twin in told if effect_keys(twin).interval == numbers]
            if not twins:
                continue
            wanted = effect.get("outcome")
            best = next((twin for twin in twins if words_agree(wanted, twin.get("outcome"))), twins[0])
            told.remove(best)
            timepoint.add(words_agree_or_absent(effect.get("timepoint"), best.get("timepoint")))
            if wanted:
                agrees = words_agree(wanted, best.get("outcome"))
                outcome.add(agrees)
                if not agrees:
                    self._miss("outcome", "differs", f"{numbers}: gold {wanted!r} found {best.get('outcome')!r}")
            groups = effect.get("comparison")
            if groups and any(groups):
                pairs = zip(groups, best.get("comparison") or [None, None], strict=False)
                comparison.add(all(words_agree(group, other) for group, other in pairs if group))

    def _arm_values(self) -> None:
        wanted = [(arm_value_keys(value), value) for value in self.gold.arm_values]
        spare = [(arm_value_keys(value), value) for value in self._items("arm_values")]
        self._count("arm values", [key.main for key, _ in wanted], [key.main for key, _ in spare])
        self._count("arm values, whole rows", [key.whole for key, _ in wanted], [key.whole for key, _ in spare])
        arm, outcome = (self.scores.accuracies[name] for name in ("arm of an arm value", "outcome of an arm value"))
        for key, value in wanted:
            twins = [twin for twin in spare if twin[0].main == key.main]
            if not twins:
                continue
            best = max(twins, key=_closeness(value))
            spare.remove(best)
            if value.get("arm"):
                arm.add(words_agree(value["arm"], best[1].get("arm")))
            if value.get("outcome"):
                outcome.add(words_agree(value["outcome"], best[1].get("outcome")))

    def _sample_sizes(self) -> None:
        self._count(
            "sample sizes",
            [value for _, value, role, _ in self.gold.sample_sizes if role != "other"],
            [size["value"] for size in self._items("sample_sizes") if size.get("role") != "other"],
        )

    def _arm_sizes(self) -> None:
        self._count(
            "arm sizes",
            [n for _, n in self.gold.arms if n is not None],
            [arm["n"] for arm in self._items("arms") if arm.get("n") is not None],
        )

    def _n_total(self) -> None:
        wanted, told = self.gold.n_total, self.found.get("n_total")
        if wanted is not None:
            self.scores.n_total.add(told == wanted)
        self.scores.n_total_found += told is not None
        if told != wanted:
            self._miss("n_total", "differs", f"gold {wanted} found {told}")


def _closeness(wanted: Object) -> Callable[[tuple[Any, Object]], tuple[bool, bool]]:
    """How well a found arm value names the wanted one's arm, and then its outcome."""

    def of(twin: tuple[Any, Object]) -> tuple[bool, bool]:
        told = twin[1]
        return (
            words_agree_or_absent(wanted.get("arm"), told.get("arm")),
            words_agree(wanted.get("outcome"), told.get("outcome")),
        )

    return of


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
