"""WebSocket fan-out: a message to a thousand clients, beside `websockets.broadcast`, and what a connection weighs."""
