"""The demo: our own texts about a fictional province, its people and the road of its papers."""
