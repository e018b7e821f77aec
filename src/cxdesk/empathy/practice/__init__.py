"""Practice without a customer: somebody with a temper, a history and a hidden need, who answers what was said."""
