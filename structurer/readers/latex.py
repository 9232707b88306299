"""LaTeX in a BibTeX field, made into what it prints."""

from __future__ import annotations

import re
import unicodedata

from structurer.readers.markup import raised

_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "c": "\u0327",
    "k": "\u0328",
}
_SIGNS = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "Delta": "Δ",
    "epsilon": "ε",
    "kappa": "κ",
    "lambda": "λ",
    "mu": "μ",
    "pi": "π",
    "rho": "ρ",
    "sigma": "σ",
    "tau": "τ",
    "chi": "χ",
    "omega": "ω",
    "pm": "±",
    "times": "×",
    "cdot": "·",
    "approx": "≈",
    "sim": "~",
    "leq": "≤",
    "le": "≤",
    "leqslant": "≤",
    "geq": "≥",
    "ge": "≥",
    "geqslant": "≥",
    "lt": "<",
    "gt": ">",
    "textless": "<",
    "textgreater": ">",
    "textpm": "±",
    "textmu": "μ",
    "texttimes": "×",
    "textdegree": "°",
    "degree": "°",
    "circ": "°",
    "textendash": "–",
    "textemdash": "—",
    "textquoteright": "’",
    "textquoteleft": "‘",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textregistered": "®",
    "texttrademark": "™",
    "textasciitilde": "~",
    "textbar": "|",
    "textperiodcentered": "·",
    "ss": "ß",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "o": "ø",
    "O": "Ø",
    "aa": "å",
    "AA": "Å",
    "l": "ł",
    "L": "Ł",
    "i": "ı",
    "j": "ȷ",
    "newline": " ",
    "par": " ",
    "quad": " ",
}
_RAISED = re.compile(r"(?:\\textsuperscript\s?|\^)(?:\{\s{0,3}([^{}]{0,20})\}|(-?\d))")
_LOWERED = re.compile(r"(?:\\textsubscript\s?|_)\{([^{}]{0,20})\}")
_ACCENT_SIGN = re.compile(r"""\\([`'^~="."])\s?(?:\{\s?(\\?[A-Za-z])\s?\}|(\\?[A-Za-z]))""")
_ACCENT_LETTER = re.compile(r"\\([uvHckr])(?:\{\s?(\\?[A-Za-z])\s?\}|\s(\\?[A-Za-z]))")
_COMMAND = re.compile(r"\\([A-Za-z]{1,30})\*?(?:\{\}|[ ](?=[A-Za-z0-9(])|)")
_ESCAPED = re.compile(r"\\([%&_#${}<>\-/, ;:!])")
_MATHS = re.compile(r"\\[()\[\]]")
_LINES = re.compile(r"\s+")


def plain_latex(text: str) -> str:
    """One line of text without braces and commands.

    >>> plain_latex(r"{Caf\\'e}: 50\\% lower, $p<0.05$, 10$^{-4}$ ({$\\leq$} 3)")
    'Café: 50% lower, p<0.05, 10^-4 (≤ 3)'
    """
    if "\\" in text or "$" in text or "^" in text or "_{" in text:
        text = _MATHS.sub("", text.replace("\\\\", " ")).replace("\\$", "\0").replace("$", "").replace("\0", "\\$")
        text = _RAISED.sub(lambda m: raised(m.string[: m.start()][-1:], m.group(1) or m.group(2) or ""), text)
        text = _LOWERED.sub(r"\1", text)
        for pattern in (_ACCENT_SIGN, _ACCENT_LETTER):
            text = pattern.sub(_accented, text)
        text = _COMMAND.sub(lambda m: _SIGNS.get(m.group(1), ""), text)
        text = _ESCAPED.sub(lambda m: _escaped(m.group(1)), text)
    text = text.replace("{", "").replace("}", "").replace("---", "—").replace("~", " ")
    return _LINES.sub(" ", text).strip()


def _escaped(sign: str) -> str:
    return {"-": "", "/": "", "!": "", ",": " ", ";": " ", ":": " ", "{": "", "}": ""}.get(sign, sign)


def _accented(match: re.Match[str]) -> str:
    letter = (match.group(2) or match.group(3)).lstrip("\\")
    return unicodedata.normalize("NFC", letter + _ACCENTS[match.group(1)])
