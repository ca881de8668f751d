"""Identifiers in addresses; whatever can not be one never reaches a database."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import StringConverter


class PublicIdConverter(StringConverter):
    regex = "[0-9a-z]{1,10}"


class CodeConverter(StringConverter):
    """Of a short link. Typed from a package it may come in capitals."""

    regex = "[0-9a-zA-Z]{5}"

    def to_python(self, value: str) -> str:
        return value.lower()


register_converter(PublicIdConverter, "id")
register_converter(CodeConverter, "code")
