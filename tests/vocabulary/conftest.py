"""Fixtures of the tests of vocabularies."""

from tests.vocabulary.editing import manager

__all__ = ["manager"]
