"""Writing down what the shop does: telemetry as it arrives, metrics at the end, one capture folder."""
