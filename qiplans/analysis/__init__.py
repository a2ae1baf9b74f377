"""What can be worked out from counted causes: pure Python."""
