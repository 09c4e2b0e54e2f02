"""Reads articles of the languages that are described by a lexicon file alone.

A lexicon (``rules/packs/lexicon/LANGUAGE.yaml``) lists what its newsrooms say
when somebody changes sides or a party ends, what parties, courts and people are
called, and which words show that it is only asked, feared, denied or long past.
The reading itself knows no language: it looks at which of these stand in one
sentence, in which order, and what is nearest to what.
"""
