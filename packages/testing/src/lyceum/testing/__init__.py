"""What the tests of several Lyceum packages share; never a dependency of a running system."""
