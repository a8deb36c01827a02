"""What identity does through others: e-mail, and its own ports over HTTP."""
