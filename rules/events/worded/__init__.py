"""Reads languages by word lists alone: acts, sides, cues and markers from the language's lexicon."""
