"""Estimates, intervals and measures in every printed form; and what is no interval.

Which list a new row belongs to: MEASURES tells measures apart, FORMS tells printed forms apart, LISTS has several
estimates, BARE has none with an interval, NO_EFFECT has numbers that are something else. A row for a mistake that was
mended goes to MENDED, with the cause as a comment.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from structurer.mentions.effect_estimates import find_effect_estimates
from structurer.mentions.p_values import find_p_values
from structurer.schema import EffectEstimate
from structurer.text.reading import Reading

# measure, estimate, unit, level, lower, upper
Row = tuple[str, str | None, str | None, str | None, str | None, str | None]


@dataclass(frozen=True)
class Case:
    text: str
    expected: tuple[Row, ...]
    definitions: tuple[tuple[str, str], ...] = ()


def case(text: str, *expected: Row, **definitions: str) -> Case:
    return Case(text, expected, tuple(definitions.items()))


def row(
    measure: str,
    estimate: str | None,
    lower: str | None = None,
    upper: str | None = None,
    *,
    unit: str | None = None,
    level: str | None = "95",
) -> Row:
    return measure, estimate, unit, level if lower or upper else None, lower, upper


def read(effect: EffectEstimate) -> Row:
    def text(value: Decimal | None) -> str | None:
        return None if value is None else str(value)

    interval = effect.interval
    level, low, high = (interval.level, interval.lower, interval.upper) if interval else (None, None, None)
    return effect.measure.value, text(effect.estimate), effect.unit, text(level), text(low), text(high)


HR = row("HR", "0.72", "0.60", "0.85")
FORMS = [
    case("hazard ratio 0.72, 95% CI 0.60-0.85", HR),
    case("hazard ratio 0·72 [95% CI 0·60–0·85]", HR),
    case("HR=0·72;95%CI0·60–0·85,p=0·001", HR),
    case("HR .72 (95% CI, .60 to .85)", row("HR", "0.72", "0.60", "0.85")),
    case("HR 0.72 (95 % CIs 0.60, 0.85)", HR),
    case("HR 0.72 (95% CI: [0.60; 0.85])", HR),
    case("HR 0.72 (CI 95%, 0.60–0.85)", HR),
    case("HR 0.72 (CI95 0.60-0.85)", HR),
    case("HR 0.72 (95 percent confidence interval, 0.60 to 0.85)", HR),
    case("hazard ratio (HR) 0.72 (95% confidence interval (CI): 0.60 to 0.85)", HR),
    case("hazard ratio [HR], 0.72 (95% confidence interval [CI], 0.60 and 0.85)", HR),
    case("HR [95% CI], 0.72 [0.60 to 0.85]", HR),
    case("hazard ratio [HR; 95% CI], 0.72 [0.60 to 0.85]; P = .0096", HR),
    case("HR was 0.72 with a 95% confidence interval from 0.60 to 0.85", HR),
    case("HR 0.72 (two-sided 95% Wald confidence interval 0.60--0.85)", HR),
    case("HR 0.72 (95% C.I. 0.60 0.85)", HR),
    case("HR 0. 72 (95% CI 0. 60-0. 85)", HR),
    case("HR 0,72 (95% CI 0,60-0,85)", HR),
    case("HR 0.72 (97.5% CI 0.60-0.85)", row("HR", "0.72", "0.60", "0.85", level="97.5")),
    case("HR 0.72 (95·8% CI 0.60-0.85)", row("HR", "0.72", "0.60", "0.85", level="95.8")),
    case("HR 0.72 (95% credible interval 0.60-0.85)", HR),
    case("HR 0.72 (95% CrI 0.60 to 0.85)", HR),
    case("HR 0.72; p=0.02; 95% CI 0.60-0.85", HR),
    case("HR 0.72 (0.60-0.85)", HR),
    case("difference −10.8% (95% CI: −20.7%, −1.5%, p = 0.030)", row("RD", "-10.8", "-20.7", "-1.5", unit="%")),
    case("mean difference -0.3 (95% CI -0.5--0.1)", row("MD", "-0.3", "-0.5", "-0.1")),
    case("mean difference −2.0 mm Hg; 95% CI −2.9–0.9", row("MD", "-2.0", "-2.9", "0.9", unit="mm Hg")),
    case("a difference of 4·2 points (1·1 to 7·3)", row("MD", "4.2", "1.1", "7.3", unit="points")),
    case("a mean difference of 1,845 g (95% CI 1,520-2,169 g)", row("MD", "1845", "1520", "2169", unit="g")),
    case("mean difference €16 956 (95% CI 14 647 to 19 162)", row("MD", "16956", "14647", "19162", unit="€")),
    case("mean difference £19 (97.5% CI: -£18 to £55)", row("MD", "19", "-18", "55", unit="£", level="97.5")),
    case(
        "median survival was 15.9 months (95% CI, 13.2 to not reached)",
        row("MEDIAN", "15.9", "13.2", None, unit="months"),
    ),
    case(
        "median survival was not reached (95% CI 21·2 months to not reached)",
        row("MEDIAN", None, "21.2", None, unit="months"),
    ),
    case("median survival 40 months (95% CI 30-∞)", row("MEDIAN", "40", "30", None, unit="months")),
    case(
        "risk difference 4.1% (90% upper confidence limit, 15.0%)", row("RD", "4.1", None, "15.0", unit="%", level="90")
    ),
    case(
        "The rate was 24% lower (90% upper confidence limit, -8.0%)",
        row("RD", "24", None, "-8.0", unit="%", level="90"),
    ),
    case("response in 39.3% ([59/150] 95% CI 31.6, 47.6)", row("PROPORTION", "39.3", "31.6", "47.6", unit="%")),
    case("an odds ratio of 2.36 (95% CI for the whole group 1.49-3.75)", row("OR", "2.36", "1.49", "3.75")),
]
MEASURES = [
    case("adjusted HR 1.20 (95% CI 1.01-1.43)", row("HR", "1.20", "1.01", "1.43")),
    case("relative hazard: 0.248, 95% CI: 0.067-0.919", row("HR", "0.248", "0.067", "0.919")),
    case("odds ratio 8·2, 99% CI 3·59-18·73", row("OR", "8.2", "3.59", "18.73", level="99")),
    case("relative risk=8.8, 95% CI 1.2-66.3", row("RR", "8.8", "1.2", "66.3")),
    case("RR 0.8 (95% CI 0.7-0.9)", row("RR", "0.8", "0.7", "0.9")),
    case("RR 0.8 (95% CI 0.7-0.9)", row("IRR", "0.8", "0.7", "0.9"), RR="rate ratio"),
    case("RR 38% (95% CI 30-46)", row("PROPORTION", "38", "30", "46", unit="%"), RR="response rate"),
    case("OR 38% (95% CI 30-46)", row("PROPORTION", "38", "30", "46", unit="%"), OR="overall response"),
    case("incidence rate ratio 0.90 (95% CI 0.62–1.33)", row("IRR", "0.90", "0.62", "1.33")),
    case("geometric mean ratio 1.8 (95% CI 1.2-2.7)", row("RATIO", "1.8", "1.2", "2.7")),
    case("a 2.1-fold rise (90% CI 1.8-2.6)", row("RATIO", "2.1", "1.8", "2.6", level="90")),
    case("were 2.2 times more likely to stop (95% CI 1.4 to 3.5)", row("RATIO", "2.2", "1.4", "3.5")),
    case("risk difference -2.2%, 95% CI: -13.1, 8.8", row("RD", "-2.2", "-13.1", "8.8", unit="%")),
    case("standardised mean difference 0.4 (95% CI 0.1-0.7)", row("SMD", "0.4", "0.1", "0.7")),
    case("vaccine efficacy was 66.9% (95% CI 59.0-73.4)", row("RRR", "66.9", "59.0", "73.4", unit="%")),
    case("reduced falls by 34% (95% CI 20-46)", row("RRR", "34", "20", "46", unit="%")),
    case("number needed to treat 12 (95% CI 8 to 25)", row("NNT", "12", "8", "25")),
    case("β −0.16, 95% CI −0.28; −0.04", row("BETA", "-0.16", "-0.28", "-0.04")),
    case("kappa 0.75 (95% CI 0.60-0.90)", row("CORR", "0.75", "0.60", "0.90")),
    case("the area under the curve was 0.81 (95% CI 0.75-0.87)", row("OTHER", "0.81", "0.75", "0.87")),
    case("2-year survival was 74% (95% CI 69-77)", row("PROPORTION", "74", "69", "77", unit="%")),
    case("mean volume = 1,845 cc; 95% CI: 1,520-2,169 cc", row("MEAN", "1845", "1520", "2169", unit="cc")),
    case(
        "the between-group difference was 0.22 mmHg (95% CI, -0.22 to 0.67)",
        row("MD", "0.22", "-0.22", "0.67", unit="mmHg"),
    ),
    case(
        "the event rate was 4.6 per 100 woman-years (95% CI 3.9-5.4)",
        row("RATE", "4.6", "3.9", "5.4", unit="per 100 woman-years"),
    ),
    case(
        "0.3 points higher (97.5% CI: −1.1 to 1.6) in B than in C",
        row("MD", "0.3", "-1.1", "1.6", unit="points", level="97.5"),
    ),
    case("rates of 74% and 61% (95% CI for difference, 7% to 21%)", row("RD", None, "7", "21", unit="%")),
    case(
        "survival was 12.4 months vs 9.8 months (95% CI 12.0-12.9); 0.73 [0.62-0.86]; p<0.0001",
        row("MEDIAN", "12.4", "12.0", "12.9", unit="months"),
        row("HR", "0.73", "0.62", "0.86"),
    ),
]
LISTS = [
    case(
        "HR 0.76 (95% CI 0.57-1.00), 0.88 (0.74-1.04)",
        row("HR", "0.76", "0.57", "1.00"),
        row("HR", "0.88", "0.74", "1.04"),
    ),
    case(
        "HR 0·76, 95% CI 0·68-0·84; and 0·92, 0·80-1·06",
        row("HR", "0.76", "0.68", "0.84"),
        row("HR", "0.92", "0.80", "1.06"),
    ),
    case(
        "24·4 months (95% CI 22·3-26·1) versus 25·0 months (22·3-28·9)",
        row("MEDIAN", "24.4", "22.3", "26.1", unit="months"),
        row("MEDIAN", "25.0", "22.3", "28.9", unit="months"),
    ),
    case(
        "12 (30·0%; 95% CI 16·6-46·5) and 13 (34·2%; 19·6-51·4) responded",
        row("PROPORTION", "30.0", "16.6", "46.5", unit="%"),
        row("PROPORTION", "34.2", "19.6", "51.4", unit="%"),
    ),
    case(
        "OR 1.43, 95% CI 1.11–1.99 for pain and OR 3.29; 1.12, 9.62 for sleep",
        row("OR", "1.43", "1.11", "1.99"),
        row("OR", "3.29", "1.12", "9.62"),
    ),
    case(
        "HR 0.64; 95% CI, 0.49 to 0.85. Later the HR was 0.7 (0.5 to 0.9).",
        row("HR", "0.64", "0.49", "0.85"),
        row("HR", "0.7", "0.5", "0.9"),
    ),
    case(
        "HR 0.64 (98% CI, 0.49 to 0.85) and 0.70 (0.50-0.90)",
        row("HR", "0.64", "0.49", "0.85", level="98"),
        row("HR", "0.70", "0.50", "0.90", level="98"),
    ),
]
BARE = [
    case("(HR, 0.72; P = .03)", row("HR", "0.72")),
    case("OR 0.409, p<0.001", row("OR", "0.409")),
    case("(r = -0.373; P = 0.036)", row("CORR", "-0.373")),
    case("a difference of 3.2 points (P<0.001)", row("MD", "3.2", unit="points")),
    case("relative risk reduction 34%", row("RRR", "34", unit="%")),
    case("a number needed to treat to prevent one fall of 35", row("NNT", "35")),
    case("reduced the risk of hip fracture by 65.7%", row("RRR", "65.7", unit="%")),
    case("a 25% lower relative risk of death", row("RRR", "25", unit="%")),
    case("were 1.3 times more likely to respond", row("RATIO", "1.3")),
    case("Cohen's d = 0.40", row("SMD", "0.40")),
]
NO_EFFECT = [
    case("median age 62 years (IQR 45-78)"),
    case("pain was 7.2 (SD 1.1) and 6.4 ± 1.2"),
    case("32% vs 21%, and 9.4 months vs 6.0 months"),
    case("in 2010-2012, grade 3-4 events on days 1-21"),
    case("We assumed a hazard ratio of 0.75 to detect a difference with 90% power."),
    case("the noninferiority margin was a hazard ratio of 1.3"),
    case("OR was 16% among 40 patients", OR="objective response"),
    case("differences at 1 year were small"),
    case("the RR interval was 840 ms"),
    case("31.8% more than 50% improved"),
]
MENDED = [
    # a time point between the estimate and its interval was taken for the estimate
    case(
        "the between-group difference was 14.7% at 12 months (95% CI: 2.4%, 27.0%)",
        row("RD", "14.7", "2.4", "27.0", unit="%"),
    ),
    # the estimate before a bracket was read as the level of the interval in it
    case("survival was 79.3% (CI, 73.4 to 84.0)", row("PROPORTION", "79.3", "73.4", "84.0", unit="%")),
    # the level of an interval's name without limits was taken for the next one's estimate
    case("OR 1.24, 95% confidence interval (95% CI 1.01-1.51)", row("OR", "1.24", "1.01", "1.51")),
    # "2-sided" stood nearer than the estimate
    case("mean difference was 0.8 for the 2-sided 95% CI (-1.047, 2.566)", row("MD", "0.8", "-1.047", "2.566")),
    # a range's end stood nearer than the estimate
    case("median 9.5 months, range 1.0-117.0 [95% CI 8.3-11.2]", row("MEDIAN", "9.5", "8.3", "11.2", unit="months")),
    # a denominator stood nearer than the estimate
    case("OR 1.15 per 10 points (95% CI 1.06 to 1.25)", row("OR", "1.15", "1.06", "1.25")),
    # a test statistic was taken for the estimate
    case("t(268.44) = 2.04, P = 0.04, 95% CI [0.01, 0.57]", row("OTHER", None, "0.01", "0.57")),
    # directions in words change the sign of limits: better none than wrong ones
    case("treatment of 3.8% (95% CI 12.5% fewer to 7.2% more) fewer persons"),
    # quartiles after a list of intervals were carried over as intervals
    case("OR 2.1 (95% CI 1.2-3.4). Stay was 7 (6 to 8) days vs 8 (7 to 10) days.", row("OR", "2.1", "1.2", "3.4")),
    # micrograms are no effect size
    case("4.5 μg: -0.274, p = 0.027"),
    # a power of ten behind the number belongs to it
    case("rate difference: -8.47 x 10-3 per 1000 person-days"),
    # classes of a scale are no intervals
    case("HR 0.7 (95% CI 0.5-0.9) for <40%, 40-60% and >60% staining", row("HR", "0.7", "0.5", "0.9")),
    # the unit's own exponents ended the search
    case(
        "0.10 kcal · kg−1 · hr−1 (95% CI 0.03 to 0.17) greater expenditure",
        row("MD", "0.10", "0.03", "0.17", unit="kcal · kg−1 · hr−1"),
    ),
    # a count and its denominator behind a percentage were carried over as an interval
    case(
        "difference −1.8% (95% CI: −2.7%, −0.5%). 17.9% (10/56) recovered.", row("RD", "-1.8", "-2.7", "-0.5", unit="%")
    ),
]
ALL = FORMS + MEASURES + LISTS + BARE + NO_EFFECT + MENDED


@pytest.mark.parametrize("given_", ALL, ids=lambda given_: given_.text[:60])
def test_find_effect_estimates(given_: Case) -> None:
    reading = Reading(given_.text, dict(given_.definitions))
    found = find_effect_estimates(reading, find_p_values(reading))
    assert tuple(read(effect) for effect in found) == given_.expected
    assert all(given_.text[effect.start : effect.end] == effect.text for effect in found)


numbers = st.decimals(min_value="0.01", max_value="9.99", places=2)


@settings(max_examples=200)
@given(
    st.lists(numbers, min_size=3, max_size=3, unique=True).map(sorted),
    st.sampled_from(["HR", "odds ratio", "risk ratio", "hazard ratio for death"]),
    st.sampled_from(
        [
            "{m} {e} (95% CI {a}-{b})",
            "{m}, {e}; 95% CI, {a} to {b}; P = .04",
            "{m}={e}, 95%CI {a}, {b}",
            "{m} {e} [95% confidence interval {a} to {b}]",
            "{m} [95% CI] {e} [{a}; {b}]",
        ]
    ),
    st.booleans(),
)
def test_every_house_style_is_read_back(three: list[Decimal], measure: str, style: str, lancet: bool) -> None:
    low, estimate, high = three
    text = "Result: " + style.format(m=measure, e=estimate, a=low, b=high)
    if lancet:
        text = text.replace(".", "·").replace("-", "–")
    (effect,) = find_effect_estimates(text, find_p_values(text))
    assert effect.interval is not None
    assert (effect.estimate, effect.interval.lower, effect.interval.upper) == (estimate, low, high)


@settings(max_examples=300)
@given(st.text(alphabet="HROR95%CI ()[]0123456789.,;-–−=±<>topvs medianrf·\n", max_size=120))
def test_text_never_raises_and_offsets_are_exact(text: str) -> None:
    for effect in find_effect_estimates(text, find_p_values(text)):
        assert text[effect.start : effect.end] == effect.text
        interval = effect.interval
        if interval is not None and interval.lower is not None and interval.upper is not None:
            assert interval.lower <= interval.upper
