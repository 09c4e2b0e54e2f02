"""From what is to be told to what was sent: words, messages, channels."""
