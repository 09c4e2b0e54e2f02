"""Evidence: what servers answered, as WARC records, and bundles that can be checked by others."""
