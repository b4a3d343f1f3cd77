"""Loading as the contract promises it, through the command line alone."""
