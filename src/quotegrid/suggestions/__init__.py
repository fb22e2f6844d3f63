"""Suggestions: embeddings, scores, learning from decisions, calibration and evidence."""
