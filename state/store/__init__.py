"""The one door to the database: ``Store``, and one file for each kind of row."""
