"""Files from other programs → staged rows → customers and purchases, in one transaction and as often as you like."""
