"""The launcher: prepares the environment, starts servers and processes, runs the checks.

Standard library only, because it runs before anything is installed.
"""
