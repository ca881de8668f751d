"""Identifiers in addresses; whatever can not be one never reaches a database."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import StringConverter


class PublicIdConverter(StringConverter):
    regex = "[0-9a-z]{1,10}"


register_converter(PublicIdConverter, "id")
