"""The desk in a browser, and what machines ask of a daemon."""
