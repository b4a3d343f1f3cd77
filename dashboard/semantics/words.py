"""A text in the product's two languages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """Chinese and English of one text."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The Chinese text where `language` begins with `zh`, else the English."""
        return self.zh if language.startswith("zh") else self.en
