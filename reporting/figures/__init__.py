"""Indicators and the queries behind them: plain numbers out."""
