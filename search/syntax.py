"""What people type into a search field, taken apart: words, phrases in quotes, words with a minus before them."""

import re
import unicodedata
from dataclasses import dataclass, field

from search.languages import is_stop_word, words

LONGEST_QUERY = 200
MOST_WORDS = 12

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_PART = re.compile(r'(?P<minus>(?:(?<=\s)|^)[-−–])?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(frozen=True)
class Query:
    """A query taken apart, all words in small letters.

    Attributes:
        words: what to look for, each once, in order; phrases' words included.
        phrases: words that stand side by side.
        excluded: words that must not occur.
        beginning: the last word when it may be typed in part, else "".
    """

    words: list[str] = field(default_factory=list)
    phrases: list[list[str]] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    beginning: str = ""


def parse(text: str, locale: str) -> Query:
    """Take a query apart; whatever is typed has a meaning, and nothing raises.

    Very common words are left out unless there is nothing else. A query is cut after 200 characters and 12 words.
    """
    text = unicodedata.normalize("NFC", text[: LONGEST_QUERY * 2])[:LONGEST_QUERY].translate(_QUOTES)
    query = Query()
    found: list[str] = []
    beginning = ""
    for part in _PART.finditer(text):
        typed = list(words(part["word"] if part["phrase"] is None else part["phrase"]))
        if part["minus"]:
            query.excluded.extend(word for word in typed if not is_stop_word(word, locale))
            beginning = ""
            continue
        found += typed
        beginning = typed[-1] if typed and part["phrase"] is None and not text[part.end() :].strip() else ""
        sought = [word for word in typed if not is_stop_word(word, locale)]
        if part["phrase"] is not None and len(sought) > 1:
            query.phrases.append(sought[:MOST_WORDS])
    telling = [word for word in found if not is_stop_word(word, locale) and (len(word) > 1 or word.isdigit())]
    query.words.extend(list(dict.fromkeys(telling or found))[:MOST_WORDS])
    del query.excluded[MOST_WORDS:], query.phrases[MOST_WORDS:]
    return Query(query.words, query.phrases, query.excluded, beginning if beginning in query.words else "")
