"""Forms: they say what is wrong with what was typed; actions do what was asked."""
