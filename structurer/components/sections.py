"""spaCy component rct_sections: the sections of an abstract."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from structurer.components.span_groups import read_definitions, read_source_sections, text_of, write_sections
from structurer.schema import Section, SourceSection
from structurer.sections import find_sections
from structurer.text.reading import Reading, prepare


@Language.factory("rct_sections", assigns=["doc.spans"], default_config={"spans_key": "rct_sections"})
class RctSections:
    """Divides an abstract into its sections, by the input file's labels, the printed headings or a model.

    | assigned | what |
    | --- | --- |
    | `doc.spans[spans_key]` | a span for each section, `label_` its label (or empty), `id_` what decided it |
    | `doc.spans[spans_key].attrs` | the exact sections, for `span_groups.read_sections` |

    Sections that the input file labels are read from `doc.user_data["rct_source_sections"]`, a list of
    `[heading, start, end, body]` in characters.

    Settings:

    * `spans_key`: the name of the group of spans.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> component = nlp.add_pipe("rct_sections")
    >>> doc = nlp("PURPOSE: To test rovacept. RESULTS: Flares were rarer.")
    >>> [(span.label_, span.id_, span.text) for span in doc.spans["rct_sections"]]
    [('BACKGROUND', 'heading', 'PURPOSE: To test rovacept.'), ('FINDINGS', 'heading', 'RESULTS: Flares were rarer.')]
    """

    def __init__(self, nlp: Language, name: str = "rct_sections", *, spans_key: str) -> None:
        self.name = name
        self.spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """Leave on `doc` the sections found in it."""
        reading = prepare(text_of(doc), read_definitions(doc))
        write_sections(doc, self.divide(reading, read_source_sections(doc)), key=self.spans_key)
        return doc

    def divide(self, reading: Reading, source: Sequence[SourceSection]) -> tuple[Section, ...]:
        """The sections of a text; `source` are those that the input file labels."""
        return find_sections(reading, source)
