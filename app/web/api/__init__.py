"""The public interface for programs: what it answers with, what it takes, and how it says that something is wrong."""
