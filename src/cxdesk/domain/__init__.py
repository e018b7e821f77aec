"""The desk's own world: records, rules and changes. Standard library only, no clock, no input or output."""
