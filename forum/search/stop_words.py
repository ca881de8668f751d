"""Words that stand in every text and tell none from another: they are not in the index, nor looked for."""

from __future__ import annotations

# fmt: off
GERMAN = frozenset({
    "ab", "aber", "alle", "als", "also", "am", "an", "auch", "auf", "aus", "bei", "beim", "bereits", "bin", "bis",
    "bitte", "da", "dafür", "damit", "dann", "darf", "das", "dass", "dazu", "dem", "den", "denn", "der", "des",
    "dich", "die", "dies", "diese", "diesem", "diesen", "dieser", "dieses", "dir", "doch", "dort", "du", "durch",
    "dürfen", "dürft", "eigentlich", "ein", "eine", "einem", "einen", "einer", "eines", "er", "es", "etwa", "etwas",
    "euch", "für", "gibt", "habe", "haben", "hat", "hatte", "hatten", "hier", "ich", "ihm", "ihn", "ihnen", "ihr",
    "ihre", "ihren", "ihrer", "im", "in", "ist", "ja", "jede", "jeder", "jedes", "jetzt", "kann", "kein", "keine",
    "können", "könnte", "könnten", "mal", "man", "mehr", "mein", "meine", "meinem", "meinen", "meiner", "mich",
    "mir", "mit", "muss", "möchte", "möchten", "müssen", "nach", "nicht", "noch", "nun", "nur", "ob", "oder",
    "ohne", "schon", "sehr", "sein", "seine", "seinen", "sich", "sie", "sind", "so", "soll", "sollen", "sollte",
    "sollten", "trotzdem", "um", "und", "uns", "unser", "unsere", "unseren", "vom", "von", "vor", "wann", "war",
    "waren", "warum", "was", "welche", "welchem", "welchen", "welcher", "welches", "wenn", "wer", "werden", "wie",
    "wieso", "wir", "wird", "wo", "woher", "wurde", "wurden", "während", "wäre", "würde", "zu", "zum", "zur",
    "über",
})
ENGLISH = frozenset({
    "a", "about", "am", "an", "and", "any", "are", "as", "at", "be", "been", "being", "by", "can", "could", "did",
    "do", "does", "for", "from", "get", "had", "has", "have", "he", "her", "his", "how", "i", "if", "im", "in",
    "into", "is", "it", "its", "ive", "just", "may", "me", "my", "no", "not", "of", "on", "or", "our", "out",
    "please", "she", "should", "so", "than", "that", "the", "their", "them", "then", "there", "these", "they",
    "this", "to", "too", "up", "us", "was", "we", "were", "what", "when", "where", "which", "who", "why", "will",
    "with", "would", "you", "your",
})
# fmt: on
BOTH = GERMAN | ENGLISH
