"""Rows of YAML files that people edit."""
