"""What an administrator does: one function for each thing, with its verdict and its event."""
