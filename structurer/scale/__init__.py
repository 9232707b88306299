"""One machine and many: abstracts spread over processes."""
