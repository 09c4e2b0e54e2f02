"""What we do to the world: fetch, send, serve; on time, on command."""
