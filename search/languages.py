"""Words and their forms: cutting text into words, folding accents, stemming, and a looser key per language."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from threading import local
from typing import Any

import snowballstemmer

LONGEST_WORD = 80
LONGEST_PLAIN = 120
WORD = re.compile(r"[^\W_]+")

STEMMERS = {
    "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french",
    "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
# Languages that write compounds as one word: a part of a word finds the whole.
COMPOUNDING = frozenset({"da", "de", "fi", "hu", "nl", "no", "sv"})

STOP_WORDS = {
    "en": frozenset(
        """a about an and are as at be been but by can could did do does for from had has have he her his how i if in
        into is it its me my no not of on or our s she should so t than that the their them then there these they this
        those to up us was we were what when where which who whom why will with would you your""".split()
    ),
    "fr": frozenset(
        """a à au aux avec c ce ces cet cette comme comment d dans de des donc du elle elles en est et être eux il ils j
        je l la le les leur leurs lui m ma mais me mes même moi mon n ne nos notre nous on ou où par pas pour pourquoi
        qu quand que quel quelle quelles quels qui quoi s sa sans se ses si son sont sur t ta te tes toi ton tu un une
        vos votre vous y""".split()
    ),
    "fi": frozenset(
        """ei eivät että he hän ja jo joka jos jotka kanssa kuin kuinka kun me mikä miksi milloin minä missä mitä miten
        mutta myös ne niin niiden nämä oli olla on ovat se sekä sen siellä siinä sitä tai tämä te tuo vai vain voi
        ja""".split()
    ),
    "it": frozenset(
        """a ad agli ai al alla alle allo anche c che chi ci come con cosa cui d da dagli dai dal dalla dalle dallo degli
        dei del dell della delle dello di dove e è ed gli ha hanno i il in io l la le lei lo loro lui ma mi ne negli
        nei nel nell nella nelle nello noi non o per perché più qual quale quali quando quella quelle quelli quello
        questa queste questi questo se si sono su sugli sui sul sull sulla sulle sullo tra fra tu un una uno
        voi""".split()
    ),
    "de": frozenset(
        """ab aber als am an auch auf aus bei bin bis da damit dann das dass dem den der des die dies diese diesem diesen
        dieser dieses doch durch ein eine einem einen einer eines er es für hat haben ich ihr ihre ihrem ihren ihrer im
        in ist ja kann man mit nach nicht noch nur ob oder ohne sein seine sich sie sind so über um und uns unser vom
        von vor war warum was wenn wer werden wie wir wird wo zu zum zur""".split()
    ),
}  # fmt: skip

_FOLDS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_UMLAUTS = re.compile("ae|oe|ue")
_own = local()


def words(text: str) -> Iterator[str]:
    """Yield the words of a text in order, in small letters, composed (NFC); hyphens and apostrophes part words."""
    for found in WORD.finditer(unicodedata.normalize("NFC", text)):
        yield found.group().lower()[:LONGEST_WORD]


@lru_cache(maxsize=30_000)
def fold(word: str) -> str:
    """Return a word in small letters without accents."""
    parts = unicodedata.normalize("NFKD", word.lower().translate(_FOLDS))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))[:LONGEST_PLAIN]


@lru_cache(maxsize=30_000)
def stem(word: str, locale: str) -> str:
    """Return the stem of a word in small letters; the word itself in languages without a stemmer."""
    stemmer = _stemmer(locale)
    return stemmer.stemWord(word) if stemmer is not None else word


@lru_cache(maxsize=30_000)
def key(word: str, locale: str) -> str:
    """Return a looser form that more inflections of a word share than its stem: no accents; in Finnish, one grade."""
    plain = fold(stem(word, locale))
    return _one_grade(plain) if _language(locale) == "fi" else plain


def is_stop_word(word: str, locale: str) -> bool:
    """Tell whether a word is too common in its language to be looked for beside others."""
    return word in STOP_WORDS.get(_language(locale), ())


def is_compounding(locale: str) -> bool:
    """Tell whether the language writes compounds as one word."""
    return _language(locale) in COMPOUNDING


def plain_forms(word: str, locale: str) -> set[str]:
    """Return what a typed word may be without accents: in German, `ae`, `oe` and `ue` may stand for umlauts."""
    forms = {fold(word)}
    if _language(locale) == "de":
        forms.add(_UMLAUTS.sub(lambda found: found.group()[0], fold(word)))
    return forms


# A Finnish stem ends in a consonant of one of two grades: tiedo- and tieto-, koulutuks- and koulutus.
_GRADES = (
    (re.compile(r"(?:uks|uds)$"), "us"),
    (re.compile(r"(?:yks|yds)$"), "ys"),
    (re.compile(r"(?:oks)$"), "os"),
    (re.compile(r"(?:nt|nn)$"), "n"),
    (re.compile(r"(?:nk|ng)$"), "n"),
    (re.compile(r"(?:mp|mm)$"), "m"),
    (re.compile(r"(?:lt|ll)$"), "l"),
    (re.compile(r"(?:rt|rr)$"), "r"),
    (re.compile(r"(?:tt|t|d)$"), "t"),
    (re.compile(r"(?:pp|p|v)$"), "p"),
    (re.compile(r"kk$"), "k"),
)


def _one_grade(plain: str) -> str:
    bare = plain.rstrip("aeiouy")
    if len(bare) < 3:
        return plain
    for pattern, grade in _GRADES:
        changed = pattern.sub(grade, bare)
        if changed != bare:
            return changed
    return bare


def _language(locale: str) -> str:
    return locale.split("-")[0].lower()


def _stemmer(locale: str) -> Any:
    """Return this thread's stemmer of a language: one keeps the word that it works on."""
    name = STEMMERS.get(_language(locale))
    if name is None:
        return None
    known: dict[str, Any] | None = getattr(_own, "stemmers", None)
    if known is None:
        known = _own.stemmers = {}
    if name not in known:
        known[name] = snowballstemmer.stemmer(name)
    return known[name]
