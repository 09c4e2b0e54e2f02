"""Units of work that the daemon, the worker and single commands run: poll, re-read, deliver, tell."""
