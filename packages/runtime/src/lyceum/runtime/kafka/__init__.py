"""Apache Kafka behind the event bus: records, topics, the producing and the consuming side.

Nothing is loaded from here, so that a platform without a broker, which needs the settings, does without the client.
"""
