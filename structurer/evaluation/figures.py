"""The figures of an evaluation, and which part of a gold file each comes from."""

from __future__ import annotations

# Figures with precision, recall and F1.
COUNTED = (
    "registry_ids",
    "p_values",
    "intervals",
    "intervals+measure",
    "effects without interval",
    "whole effect rows",
    "sample sizes",
    "arm sizes",
    "arm values",
    "arm values, whole rows",
)
# Figures of decisions that are right or not.
ACCURACIES = (
    "p_role",
    "outcome",
    "comparison",
    "timepoint",
    "arm of an arm value",
    "outcome of an arm value",
)
# The figures that each part of a gold file gives.
FIGURES_OF_PART = {
    "sections": ("sections",),
    "registry_ids": ("registry_ids",),
    "p_values": ("p_values", "p_role"),
    "effects": (*COUNTED[2:6], "outcome", "comparison", "timepoint"),
    "sample_sizes": ("sample sizes",),
    "arms": ("arm sizes",),
    "arm_values": (*COUNTED[8:], "arm of an arm value", "outcome of an arm value"),
    "n_total": ("n_total",),
}
