"""spaCy component rct_abbreviations: what a text's short forms stand for."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from structurer.components.short_forms import Tokenised, define_short_forms
from structurer.components.span_groups import text_of, write_definitions
from structurer.text.reading import Reading, prepare


@Language.factory(
    "rct_abbreviations",
    assigns=["doc.spans"],
    default_config={"spans_key": "rct_abbreviations", "scispacy": True},
)
class RctAbbreviations:
    """Finds the short forms that a text defines, by this package's own reading joined with scispaCy's.

    | assigned | what |
    | --- | --- |
    | `doc.spans[spans_key]` | a span at each short form's first place, `id_` the long form |
    | `doc.spans[spans_key].attrs` | the definitions as printed, for `span_groups.read_definitions` |

    Settings:

    * `spans_key`: the name of the group of spans.
    * `scispacy`: whether scispaCy's abbreviation detector is asked as well; where both define a short form, this
      package's own definition stands.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> component = nlp.add_pipe("rct_abbreviations")
    >>> doc = nlp("The odds ratio [OR] and forced expiratory volume (FEV) rose.")
    >>> [(span.text, span.id_) for span in doc.spans["rct_abbreviations"]]
    [('OR', 'odds ratio'), ('FEV', 'forced expiratory volume')]
    """

    def __init__(self, nlp: Language, name: str = "rct_abbreviations", *, spans_key: str, scispacy: bool) -> None:
        self.name = name
        self.spans_key = spans_key
        self.scispacy = scispacy

    def __call__(self, doc: Doc) -> Doc:
        """Leave on `doc` the definitions found in it."""
        write_definitions(doc, self.define(prepare(text_of(doc)), lambda start, end: (doc, 0)), key=self.spans_key)
        return doc

    def define(self, reading: Reading, tokenised: Tokenised) -> dict[str, str]:
        """What each short form in a text stands for; `tokenised` is asked only for what scispaCy has to judge."""
        return define_short_forms(reading, tokenised, scispacy=self.scispacy)
