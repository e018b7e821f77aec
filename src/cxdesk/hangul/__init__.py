"""Korean text: letters, keyboard, particles, names and numbers, masking. Standard library only."""
