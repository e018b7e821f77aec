"""Finding, opening and scrolling among a thousand, a hundred thousand and a million customers."""
