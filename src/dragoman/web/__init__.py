"""Faces for eyes: the terminal view and the self-contained page."""
