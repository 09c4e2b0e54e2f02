"""What changed between two versions of an article, word by word, in any script."""
