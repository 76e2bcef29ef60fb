"""What servers tell those who operate them: metrics and traces, off unless they are set.

incoming       by which door a question came, and the trace that it belongs to
observed       a served assistant with an observer, for as long as it is served
observer       what happens to questions, told to metrics and traces
metrics        what is counted and timed
live_state     what is looked at when metrics are fetched: queues, index, connections
metrics_server metrics over HTTP, on a port of their own
spans          traces, sent to a collector

No words of questions, answers or documents are in any of it, and no names of users.
"""

__all__ = ["incoming", "observed", "observer"]
