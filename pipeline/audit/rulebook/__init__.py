"""The rules as data: severity, cause, basis and the page of each."""
