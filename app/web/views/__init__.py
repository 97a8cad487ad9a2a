"""What the templates show: one frozen dataclass a template, made from rows; templates only lay out."""
