"""The infrastructure that every Lyceum module stands on."""

import gc

# What a process loads and makes stays, nearly all of it: looking for garbage as often as Python does by itself takes a
# tenth of the time that it needs to start, and delays requests later.
gc.set_threshold(50_000, 20, 50)
