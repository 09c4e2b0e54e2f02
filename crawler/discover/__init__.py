"""From feeds, sitemaps, listings and topics to the addresses of articles: pure readers of bytes."""
