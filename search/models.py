"""The index: one row per entry and language, the words that stand in it, and which version of the code has made it."""

from typing import Any, ClassVar

from django.db import models

from search.fields import TokensField


class IndexRow(models.Model):
    """What one entry says in one language, prepared for finding it. Written by `search.index` only.

    `pieces` are the original texts as JSON, `[[field, text], …]` (`field`: a `search.texts.Field`), for excerpts.
    `terms` says how much the entry is about each stem, as JSON, `{stem: impact}`, an impact being 1 to 1000.
    `words` are all words of the entry, each once, with a space before and behind each.
    `plain_title` is the title as words without accents, with a space before and behind each.
    The `match` columns are what the database's full-text index knows: stems of the title, of what stands at the top
    (title, headings, summary), and of everything.
    """

    entry_id = models.UUIDField()
    locale = models.CharField(max_length=20)
    entry_type = models.CharField(max_length=40)
    title = models.TextField()
    plain_title = models.TextField()
    pieces = models.TextField()
    terms = models.TextField()
    words = models.TextField()
    fingerprint = models.CharField(max_length=40)
    match_title = TokensField()
    match_top = TokensField()
    match_all = TokensField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["entry_id", "locale"], name="search_row_once_per_locale")
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["locale", "entry_type"], name="search_row_list")]

    def __str__(self) -> str:
        return f"{self.entry_type} {self.entry_id} ({self.locale})"


class Word(models.Model):
    """One word that entries of a language use, and in how many of them.

    `plain` is the word without accents, `stem` what its index rows hold, `key` a looser form that more inflections
    share (see `search.languages`).
    """

    locale = models.CharField(max_length=20)
    word = models.CharField(max_length=80)
    plain = models.CharField(max_length=120)
    stem = models.CharField(max_length=80)
    key = models.CharField(max_length=120)
    entries = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["locale", "word"], name="search_word_once_per_locale")
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["locale", "plain"], name="search_word_plain"),
            models.Index(fields=["locale", "stem"], name="search_word_stem"),
            models.Index(fields=["locale", "key"], name="search_word_key"),
        ]

    def __str__(self) -> str:
        return f"{self.word} ({self.locale})"


class IndexState(models.Model):
    """Which version of the code has made the whole index. A single row; none before the first rebuild."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=models.Q(id=1), name="search_state_single")
        ]

    def __str__(self) -> str:
        return self.version
