"""spaCy component rct_mentions: registry IDs, p-values, counts of participants, effects and values of single arms."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from structurer.components.span_groups import read_definitions, read_sections, text_of, write_mentions
from structurer.mentions import find_mentions
from structurer.schema import Mention, Section
from structurer.text.reading import Reading, prepare


@Language.factory("rct_mentions", assigns=["doc.spans"], default_config={"spans_key": "rct_mentions", "kinds": None})
class RctMentions:
    """Finds what an abstract prints of numbers: IDs, p-values, sample sizes, effect estimates, values of arms.

    | assigned | what |
    | --- | --- |
    | `doc.spans[spans_key]` | a span for each mention, widened to whole tokens, `label_` its kind, `id_` its rule |
    | `doc.spans[spans_key].attrs` | the exact mentions with their values, for `span_groups.read_mentions` |

    What short forms mean is taken from `rct_abbreviations`, and the sections from `rct_sections`, where those
    components ran before.

    Settings:

    * `spans_key`: the name of the group of spans.
    * `kinds`: the kinds to find (of `structurer.mentions.KINDS`); all of them where None.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> component = nlp.add_pipe("rct_mentions", config={"kinds": ["p_value", "registry_id"]})
    >>> doc = nlp("Flares were rarer (P=0.003; NCT03124598).")
    >>> [(span.label_, span.text) for span in doc.spans["rct_mentions"]]
    [('p_value', 'P=0.003'), ('registry_id', 'NCT03124598')]
    """

    def __init__(
        self, nlp: Language, name: str = "rct_mentions", *, spans_key: str, kinds: Sequence[str] | None
    ) -> None:
        self.name = name
        self.spans_key = spans_key
        self.kinds = None if kinds is None else tuple(kinds)

    def __call__(self, doc: Doc) -> Doc:
        """Leave on `doc` the mentions found in it."""
        reading = prepare(text_of(doc), read_definitions(doc))
        write_mentions(doc, self.find(reading, read_sections(doc)), key=self.spans_key)
        return doc

    def find(self, reading: Reading, sections: Sequence[Section]) -> list[Mention]:
        """The mentions of a text, of the kinds that the settings name."""
        return find_mentions(reading, self.kinds, sections)
