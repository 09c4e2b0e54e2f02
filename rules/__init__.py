"""What we decide: pure functions without input, output or clock."""
