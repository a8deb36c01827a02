"""Sign-in, sessions, the OpenID Provider, roles and the audit log."""
