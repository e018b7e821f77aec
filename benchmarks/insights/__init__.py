"""What it costs to look back over ten years of a desk."""
