"""Texts that would like to be markup, script or style: on the page they are texts, and nothing of them runs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from structurer.report.account import Account, Fate, Told
from structurer.report.assets import asset
from structurer.report.page import write_page
from structurer.report.shown import shown
from structurer.schema import (
    Arm,
    ArmValue,
    ArmValueKind,
    EffectEstimate,
    EffectMeasure,
    Flag,
    Phrase,
    PValue,
    Record,
    RegistryId,
    SampleSize,
    SampleSizeRole,
    TrialReport,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOSTILE = (
    "<script>window.hurt = 1</script>",
    "</script><script>window.hurt = 1</script>",
    "<!-- <script> window.hurt = 1",
    "</title></style><img src=x onerror='window.hurt = 1'>",
    "\"'><svg onload=window.hurt=1>",
    '" onfocus="window.hurt=1" autofocus tabindex="0',
    "</template></textarea><iframe src='javascript:window.hurt=1'>",
    "&lt;b&gt; &amp;amp; &#60; \\u003c \\",
    "{{ 7 * 7 }}{% for x in y %}",
    "p = \u202e50.0\u202c \u2066x",
    "\x00\x07\x1b \x85 \u2028 \u2029",
    "astral \U0001d465\U0001f600 half \ud835",
    "מחקר אקראי 12/40 دراسة",
    "__proto__",
    "constructor",
    "x" * 3000,
)


def hostile(text: str) -> TrialReport:
    """A report of which every text is `text`."""
    end = len(text)
    place = {"start": 0, "end": end, "text": text, "rule": text}
    phrase = Phrase(text, 0, end)
    return TrialReport(
        Record(text, text + " and more", text, text, f"10.1/{text}", text, 2020, registry_ids=(text,), source=text),
        registry_ids=(RegistryId(**place, id=text, registry=text, url="javascript:window.hurt=1"),),  # type: ignore[arg-type]
        p_values=(PValue(**place, operator=text, value=None),),  # type: ignore[arg-type]
        effects=(
            EffectEstimate(
                **place,  # type: ignore[arg-type]
                measure=EffectMeasure.MD,
                estimate=Decimal("1.0"),
                unit=text,
                outcome=phrase,
                comparison=(phrase, phrase),
                timepoint=phrase,
            ),
        ),
        arm_values=(
            ArmValue(**place, kind=ArmValueKind.MEAN, value=Decimal(2), unit=text, arm=text, outcome=phrase),  # type: ignore[arg-type]
        ),
        sample_sizes=(SampleSize(**place, value=3, role=SampleSizeRole.ARM, arm=text),),  # type: ignore[arg-type]
        arms=(Arm(text, 3),),
        flags=(Flag(text, text, 0, end, text),),
    )


def failed(text: str) -> TrialReport:
    return TrialReport(Record(text, None, text), error=text)


def page_of(texts: tuple[str, ...], target: Path) -> Path:
    account = Account(texts, unknown={Fate.FILTERED: texts[0]}, notes=list(texts))
    account.leave_out(Fate.DUPLICATE, [Told(text, text) for text in texts])
    reports = [make(text) for text in texts for make in (hostile, failed)]
    write_page(reports, target, title=" ".join(texts), account=account)
    return target


@pytest.fixture(scope="module")
def hurtful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return page_of(HOSTILE, tmp_path_factory.mktemp("hostile") / "hostile.html")


def test_texts_stay_texts_in_every_view(opened: Callable[..., Page], hurtful: Path) -> None:
    page = opened(hurtful)
    for number, text in enumerate(HOSTILE):
        page.evaluate(f"location.hash = 'record-{2 * number}'")
        page.locator(f"[id='r{2 * number}-title']").wait_for()
        assert page.locator(".record h2").text_content() == seen(text)
        assert page.locator(".abstract").text_content() == seen(text + " and more")
        assert page.locator("#record-pane script, #record-pane iframe, #record-pane img, #record-pane svg").count() == 0
        assert page.locator("#record-pane a:not([href^='https://'])").count() == 0
        page.locator(".results .cell").first.click()
        page.locator(".abstract mark").first.press("Enter")
    page.evaluate("location.hash = 'forest'")
    page.locator("#forest").wait_for()
    for number in range(page.locator("#measure option").count()):
        page.locator("#measure").select_option(index=number)
        page.locator("#outcomes input").first.check()
        assert page.locator(".plotted tbody tr").count() >= 1
    page.evaluate("location.hash = 'account'")
    page.locator("#account summary").nth(2).click()
    assert page.locator("[data-fate=duplicate] li").count() == len(HOSTILE)
    assert page.evaluate("window.hurt === undefined")
    assert page.evaluate("document.scripts.length") == 2 * len(HOSTILE) + 3


def seen(text: str) -> str:
    """What a parser of HTML makes of the text that is shown."""
    return shown(text).replace("\r\n", "\n").replace("\r", "\n")


def test_the_policy_lets_no_other_script_run(browser: Browser, hurtful: Path) -> None:
    page = browser.new_page()
    page.goto(hurtful.as_uri())
    blocked = page.evaluate(
        """() => new Promise((done) => {
          document.addEventListener('securitypolicyviolation', (event) => done(event.violatedDirective));
          const script = document.createElement('script');
          script.textContent = 'window.hurt = 1';
          document.body.append(script);
        })"""
    )
    assert blocked == "script-src-elem"
    assert page.evaluate("window.hurt === undefined")
    page.close()


@pytest.mark.parametrize("text", HOSTILE)
def test_the_data_of_the_file_are_those_that_were_written(text: str, tmp_path: Path) -> None:
    html = page_of((text,), tmp_path / "one.html").read_text(encoding="utf-8")
    [index] = re.findall(r'<script type="application/json" id="index">(.*?)</script>', html, flags=re.S)
    assert [entry["title"] for entry in json.loads(index)] == [shown(text), shown(text)]
    assert html.count("<script") == html.count("</script>") == 5


@given(title=st.text(max_size=20), abstract=st.text(min_size=1, max_size=40))
def test_any_text_makes_a_page_of_as_many_scripts(
    title: str, abstract: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    target = tmp_path_factory.mktemp("any") / "any.html"
    report = replace(hostile("word"), record=Record(title or "1", abstract, title=title))
    write_page([report], target, title=title, account=Account((title,)))
    html = target.read_text(encoding="utf-8")
    assert html.count("<script") == html.count("</script>") == 4


@pytest.mark.parametrize(
    "name", ["links.js", "cells.js", "records.js", "axis.js", "plot.js", "forest.js", "views.js", "layout.css"]
)
def test_no_asset_ends_its_own_element(name: str) -> None:
    assert not re.search(r"</|<!--", asset(name))
