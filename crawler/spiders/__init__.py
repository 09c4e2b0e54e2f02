"""Scrapy: the spiders, their settings, and how a crawl is run."""
