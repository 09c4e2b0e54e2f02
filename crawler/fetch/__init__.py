"""Manners and safety of fetching: pace, robots.txt, redirects, limits, the private-address guard."""
