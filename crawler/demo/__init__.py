"""The main job on sample sites: real markup, real HTTP on loopback, invented names; no network, no account."""
